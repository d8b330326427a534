/** Common given names of North and West Africa, and some of Europe; own compilation. A name is several spellings. */
export const GIVEN_NAMES = `
mohamed mohammed mohammad muhammad muhammed mouhamed mohamad mhamed mhammed ahmed ahmad mahmoud mahmud hamid hamed hamad
hamdi ali aly omar omer umar othman osman uthman othmane ousman ousmane youssef yousef yusuf youcef yousuf youssouf joseph
ibrahim brahim ibrahima ismail smail ismael idriss idris driss moussa musa mousa issa aissa isa yahya yahia zakaria zakariya
abdallah abdullah abdoullah abdoulaye abderrahmane abderrahman abdelrahman abdulrahman abdurrahman abdelkader abdulkader
abdelkarim abdelkrim abdulkarim abdelaziz abdulaziz abdelhamid abdulhamid abdelmalek abdulmalik abdelmajid abdelmajid abdelhak
abdelhakim abdelwahab abdessalam abdulsalam abdeslam abdelatif abdellatif abdelouahed abdelwahed abdelghani abdelhafid
abdelfattah abdennour abdelnour abdelmonem abdelmoumen abdelilah abderrazak abderazak abdelbasset abdou
mustafa mustapha mostafa moustapha mostapha hassan hasan hassen hacen hacene hussein hussain houssine hocine houcine hossein
khaled khalid khalil khalifa khelifa kheireddine tarek tarik tariq karim kerim kareem kamel kamal jamel jamal djamel djamal jamil
nabil nabyl adel adil amine amin lamine lamin amir ameur amer ammar amar anis anouar anwar anwer ashraf achraf aymen ayman aymane
ayoub ayub aziz bachir bashir basheer badr badreddine bilal bilel billal brahim boubaker boubakar bakr boubacar bouzid chaker chokri
choukri chedly chadli dhia faisal faycal faysal fahd fadi fadhel fadel fares faris farid farouk faruq fathi fethi fawzi faouzi fouad
fuad fayez ghazi ghassan habib hatem hatim haitham haythem haykel haikal hakim hamza hani hamouda hedi hadi hichem hisham hicham
houssem hossam hussam hamadi ihab iheb ilyes ilyas elyes elias imed imad ines iyad jaber jabir jaafar jafar jalel jalal jawad jawhar
kais qais kays lazhar lakhdar larbi lotfi lutfi louay maher mahdi mehdi mahdy majid majdi mejdi malik malek mansour mansur marwan
marouane merouane marwen masoud massoud messaoud mabrouk mabruk miloud mouloud milud mokhtar mukhtar moktar moncef mounir munir mongi
montassar mouez moez morad mourad murad mossab mosaab nader nadir nadhir naim nasser naser nacer nasr nassim nacim nizar nejib najib
nejmeddine nourredine noureddine nouredine nordine nureddin nour oussama osama ousama usama omrane ouael wael rachid rashid rached
rashed radhouane redouane ridha rida redha reda rafik rafiq rami ramy ramzi raouf rauf riadh riad riyad ryad rabah saad sad saber
sabri sadok sadek sadiq sadik safouane safwan said saeed saied salah saleh salih salem salim selim slim slimane sliman soliman suleiman
sulayman souleymane sami samy samir samer saif seif seifeddine saifeddine sofiane sofien soufiane sufyan taher tahar tayeb taieb
taoufik toufik tawfik tawfiq walid oualid waleed wahid wajdi wassim wasim wissem wissam wisam yacine yassine yassin yasin yasser yasir younes
younis yunus younous yazid zied ziad ziyad zine zouhair zouheir zuhair zoubir zubair zayed abu bakr belgacem belkacem belqasem
boualem boudjemaa bouazza chaabane chaaban ramadan ramdane rajab rejeb djilali jilani djamila fodil ferhat mokrane hamou
hichem houari kacem kassem qasim kaddour laid lamri lounes mebarek menad mohand nadjib okba oqba sahbi sghaier slah taha tijani
tidjani triki yanis zitouni meriem meryem mariem maryam mariam myriam fatma fatima fatiha faten fadia fairouz farida ferdaous ghada
hajer hager hafsa halima hanane hanan hanen hayet hayat hend hind houda huda ikram imen iman imane inès jamila jihane khadija khadidja
khedija kaouther kawthar kenza lamia leila leyla laila layla latifa lina lobna loubna maha malika manel manal monia mouna mona nabila
nadia nadya najet najat najla naima nawal nawel nesrine nisrine nora nour noura nura olfa oumaima rabia rachida rahma raja rajaa rania
rim rym rima salma selma salwa saloua samia samira sana sanaa sarah sara siham sihem sonia souad suad soumaya sumaya thouraya wafa
wafaa warda yasmine yasmin yosra yousra zahra zeineb zaynab zineb zainab zohra zahia aicha aisha aicha amina amel amal amira asma
asmaa assia awatef basma besma chaima cherifa dalila djamila dounia emna fella habiba hiba hayfa
hafedh hafez lassaad lassad lasaad hedia nasreddine nasr slaheddine salaheddine salahuddin mondher monther monji taoufik khemais khemaies
naoufel naoufal kheireddine azzedine ezzeddine azeddine charfeddine jalloul hayder haider haydar skander iskander wahib abdelbaki
abdelmoula jawher mohannad mohanad moataz almahdi alaa aref bashar ehab emad esam essam ghaith husam jumaa juma jomaa khairi khayri
mazen nuri nouri osman seraj serraj siraj suhail souhail tareq wanis yaqoub yakoub yaser massaoud mesbah misbah abdulhadi abdelhadi
abdulrazzaq abdurrazzaq abdulbaset abdelbaset abdussalam abdusalam abdalla fathallah attia atia hmed hmida hamida faraj miftah muftah
usamah qusay luay saddam hammadi hammouda lazhari mouldi sadri sofien chamseddine noomen nooman sghir kais tahir adnan akram ala anass
mbarek embarek hassina hassiba nassima karima samiha badia bahija chadia chadlia dorra messaouda zoubeida souhir souhaila beya mbarka mabrouka zakia zoulikha ouarda yamina keltoum kheira fatna aldjia ghania dahbia nacera saliha
hafida aziza sabrina sabah naziha najoua najwa nejla eya aya ahlem ahlam chiraz farah ghofrane maissa maram oumayma raouia roua sirine
tasnim wiem yomna hosni husni jouda kalthoum latifa mahbouba rafika raoudha selima taous tounes zahida zina rahil
aichatou aichata maimouna ramatou zeinabou hadiza halimatou balkissa mariatou kalilou saliou thierno abdoul bocar bassirou daouda elhadj
ibou lansana mory naby sory yero kwame kofi chidi ngozi femi tunde isaac daniel moise salomon josue aboudou alhassane alhassan moumouni
souleiman abdulai abdourahmane abderahim abderrahim abdelghafour abdelali abdelouahab abdelmoneim abdelmounaim abdelhay
mamadou amadou modou ousmane boubacar oumar seydou sekou sekouba bakary bakari lassana lassina fousseini fousseyni adama aliou alioune
alassane souleymane samba demba cheikhou cheick modibo tidiane tidiani ibrahima ismaila issiaka drissa dramane lamine mohamadou
hamidou harouna idrissa illiassou issoufou mahamadou mahamat moctar ousseini salifou sanoussi seyni yacouba abakar adoum djibrine
djibril haroun hissein oumarou aboubacar aboubakar fatou fatoumata aminata awa aissatou mariama kadiatou rokia oumou ramata kadi
emmanuel blessing chukwu emeka ikenna osas tewelde tesfay yonas abel dawit biniam filmon bereket samuel hailu kidane mehari
john jean pierre jacques michel marie paul peter george james david robert thomas andrea marco giuseppe antonio carlo luca francesco
giovanni paolo mario luigi stefano anna maria claude philippe nicolas francois laurent patrick olivier julien alain bernard christophe
`;

/** Common family names of the region; own compilation. Many are given names too. */
export const FAMILY_NAMES = `
trabelsi trabulsi tarabulsi bensalah bensalem benali benammar benamor benyoussef benhassine benhamida benromdhane benabdallah
bouazizi bouaziz boukhari bouzid bouzidi bouali boualleg boudiaf bouslama boussaid bousaid boumaza bouteflika bouchareb bouhlel
belhadj belhaj belaid belkhodja bouguerra boulares bourguiba chebbi chabbi chebil cherif charif chaouch chaouachi chakroun ayari
ayadi ayed aloui alaoui amri amrani ammari amara aouadi aouini arfaoui ayouni azzouz baccouche bahri baklouti bayoudh beji belhassen
ben abid brahmi braham brahim chahed dridi driss dhaouadi djebali jebali jbeli jabali jlassi jelassi jendoubi jaziri jouini jemai
jomaa khelifi khlifi khelil khalil kefi karoui kasmi kacimi kacem ghannouchi gharbi gharsalli ghedira ghodbane guesmi gasmi gassem
hammami hamami hamdi hammadi hamrouni haddad hadad hajji hajri harrabi hannachi hosni hidri ferchichi ferjani fitouri ftouri fakhfakh
frikha labidi laabidi abidi lahmar larbi maaloul maalej mabrouk mabrouki mahjoub mahjoubi mansouri mansour mahfoudh majdoub mathlouthi
mejri medjri meddeb mekki mokrani mouelhi messaoudi mzoughi naceur nasri nefzi nouira omrani othmani oueslati ouertani ouali rezgui
riahi romdhani rouissi saadi saadaoui sahli saidi saidani sassi selmi sellami slimani slama snoussi senoussi soltani souissi sliti
tlili toumi touati tounsi tayari thabet turki yahiaoui yacoubi zaidi zaied zarrouk zarrougui zouari zribi znaidi zitouni hadj
boudjemaa boumedien cherifi djaballah djelloul ferhat guerroudj hamidi kaci kadri kerboua khaldi kherfi lakhal lounis mebarki meziane
mokhtari nedjar ouldali rahmani rahal sadi sahraoui sebti tahri taleb yahi ziani zerrouki zidane benchikh benyahia bensaid benmoussa
bouhired haddadi hadjadj laribi madani maouche merabet belkacemi amokrane aitahmed
fituri ftis mahdawi mahdoui mehdaoui werfalli warfalli warfali zintani misrati misurati gharyani zwai zway magarief megarief maghribi
obeidi obaidi awami barasi burassi gaddafi swessi swehli sweihli shalgam shelmani sharif tarhouni tarhuni tawergi tuwati twati
zlitni zuwari ghariani fezzani hasnawi hasnaoui magarha mgarief majbri majbari drissi idrissi fakhri fergani krewi kikhia
kilani maiteeg mangoush mismari muntasser najm omran qatrani sanusi tajouri tebu ujaili zaidan zawi zeidan
diallo diop traore traoure keita coulibaly konate konare kone kouyate diarra diakite dembele doumbia sangare sissoko toure camara
mahmoudi bouraoui bourawi chraiet ghribi ksouri gharsallah hfaiedh ltaief khiari mzali mnasri sfaxi znaidi hassine ouertani jbara
rjeb naffati zaalouni ksontini smaoui hamrouni romdhane gabsi zidi trad labidi zayani bouaoun mouldi khlaifi hermassi hermessi ghanmi
ghanem ghali fekih feki fourati elloumi kamoun kallel kchaou kolsi krichen masmoudi mhiri mnif rekik siala sellemi trigui zghal
zouaghi bejaoui ben ammar benammar benamar benattia benaissa benbrahim bendjedid bengana benhadj benkhalifa benmansour benmohamed
bennour benrabah bensaad bensedrine benslimane bentaleb benzarti bouabdallah bouafia boubaker bouchiha bouderbala boudriga boughanmi
boughalmi bouhali boukadida bouker boukhris bouksila boumediene boumnijel bouraouia boussetta boutaleb bouteraa bouzaiene bouzghaia
chabchoub chakhari chamakhi charfi charni chelbi chettaoui chibani chikhaoui chouchane daghfous daoud daoudi djerbi dkhil doghri
fadhloun fezai ghorbel gmati gouider grami guizani hachani hachicha hafsi hafsia hajlaoui hakimi hamouda hamzaoui harbi hassani
hbaieb hcini hemissi henchiri houimel issaoui jaballah jaidi jaouadi jarraya jerbi kaabi kahlaoui kammoun karray khamassi khelil
khemakhem khemiri khouja laajili lamouchi lassoued limam louati louhichi mabkhout mahmoud makhlouf marzouki mathlouthi mehrez melki
miled mkacher mliki moalla mosbah msakni nabli naffeti nagati nahdi najjar najar nasraoui neji njah nouri ouerghi ouerghemmi rabhi
rahali rahoui rais rebai rekhis rhouma riabi ridene rjab sakli salhi salmi sboui sdiri sfar sghaier sioud skhiri slim smati snene
souei tabbabi talbi tarchoun tebourbi thabti tijani touil tourki trabelssi yakoubi yaakoubi yaacoub yahmadi younsi zaabi zaghdoudi
zarrad zayani zekri zemzemi zerai zitouna zoghlami zougari zrelli barkaoui allagui saihi saihi belgacem chihi chihaoui tlili
bouhadjar bouakkaz benmebarek bencheikh benkhelifa lakhdari mebarek messai nezzar ouyahia rezig saadallah sellal tebboune touahria
juwaili jwaili swehli suwayhli gumati qmati gmati khoja bashagha haftar trhuni zawia sharksi shibani ghwell siala gwell
conde bah barry balde sow ndiaye fall faye gueye niang seck sarr cisse sylla soumah bangoura toure maiga ouedraogo sawadogo
compaore zongo kabore issoufou mahamadou abdou amadou tandja oumarou salifou garba sani mahamat deby hissene
smith jones brown dupont durand martin bernard moreau rossi russo ferrari bianchi esposito romano
`;
