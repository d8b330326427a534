/** Capitalised words that are no names of persons: offices, peoples, things, times; own compilation. */
export const HARMLESS_CAPITALS = `
the le la les l un une a an and et of de du des d in on at to from by with en au aux sur sous pour par il elle ils no non yes oui this that these those
ce cette ces there here after before during since until between near towards north south east west northern southern eastern western
nord sud est ouest centre central upper lower new old grand grande petit petite big great
january february march april may june july august september october november december janvier fevrier mars avril mai juin juillet aout
septembre octobre novembre decembre monday tuesday wednesday thursday friday saturday sunday lundi mardi mercredi jeudi vendredi samedi dimanche
ramadan aid eid
algeria algerian algerians tunisia tunisian tunisians libya libyan libyans algerie algerien algeriens algerienne algeriennes tunisie tunisien
tunisiens tunisienne tunisiennes libye libyen libyens libyenne libyennes niger nigerien nigerian nigerians chad chadian chadians tchad tchadien
tchadiens mali malian malians malien maliens sudan sudanese soudan soudanais egypt egyptian egyptians egypte egyptien syrian syrians syrien
moroccan morocco maroc marocain italy italian italians italie italien italiens france french francais spain spanish malta maltese malte
europe european africa african afrique africain sahel sahara saharan saharien mediterranean mediterranee maghreb tuareg touareg toubou tebu arab arabe
arabic english turkish turkey turquie eritrean eritreans ethiopian somali bangladeshi palestinian ivorian guinean senegalese gambian
army police guard guards gendarmerie customs douane douanes navy marine air force forces coast coastguard border borders frontiere
frontieres national nationale garde protection civile civil security securite military militaire ministry ministere minister ministre
ministers interior interieur defence defense foreign affairs affaires etrangeres health sante justice transport transports finance trade
directorate direction directeur director general generale staff command commandement committee comite commission joint mixte republic
republique state etat government gouvernement parliament council conseil governorate gouvernorat wilaya wali municipality municipalite
commune district region regional regionale sector secteur zone brigade battalion bataillon regiment company compagnie squad unit unite
post poste port station camp base headquarters quartier office bureau department administration agency agence service services centre
court tribunal prosecutor parquet prime premier deputy vice president presidency chef chief red crescent cross croissant croix rouge
iom unhcr unicef who un onu oim hcr msf icrc eu ue nato frontex doctors without support rescue team teams equipe group groupe
street road avenue rue route boulevard place square highway airport aeroport hospital hopital clinic clinique school ecole lycee mosque
mosquee university universite dam barrage bridge pont gate market marche souk hotel farm oasis wadi oued ouadi chott sebkha djebel jebel
jabal mount mont erg hamada ras cap cape gulf golfe bay sea mer bir hassi ain bordj borj ksar henchir garaet oum sidi
crossing passage point poste segment incident report rapport annex annexe article law loi decree decret order ordre arrete act acte
agreement accord treaty traite protocol protocole map carte sheet feuille note table page chapter section version update
toyota hilux isuzu peugeot renault mercedes nissan mitsubishi ford kia hyundai land cruiser rover dacia volvo man iveco scania daf fiat
citroen volkswagen suzuki mazda berlingo master partner kangoo transit sprinter tundra tacoma patrol pickup
facebook telegram whatsapp viber tiktok twitter instagram youtube google signal android iphone samsung nokia thuraya iridium ooredoo
mobilis djezzy libyana madar orange telecom gps vhf uhf hf ais utm mgrs utc gmt est cet local time hours daily weekly
desert sand dust weather flood fire fuel water food truck trucks car cars vehicle vehicles lorry bus convoy drone radar
control card cards training protection resource resources support terminal union association error cooperative assistance relief regent general
management manager operations operation coordination information intelligence communication communications logistics supply maintenance repair
transit cargo freight warehouse depot store storage shop garage factory plant mill refinery pipeline field platform tanker trailer container
licence license registration permit visa passport passports identity document documents file files list form forms number record records
project programme program plan phase stage level class grade type model series unit item batch lot code key index
emergency crisis alert alarm warning hazard risk danger safety shelter evacuation distress mayday accident collision crash explosion blast attack
ambush raid clash clashes protest strike riot demonstration ceasefire truce peace war conflict
river lake canal beach island hill hills mountain mountains valley plain plateau forest park reserve cave well wells spring tunnel fence wall trench ditch
pillar marker line track trail path lane junction roundabout tower mast antenna gatehouse checkpoint checkpoints lookout observation outpost
night day morning evening noon midnight today yesterday tomorrow weekend season winter summer autumn spring
water power gas electricity network internet phone telephone mail email website page server system database software
rain snow hail wind storm heat wave drought fog cloud sandstorm tide
president-elect head heads deputy-head director-general secretary secretary-general treasurer spokesman delegation delegate delegates member members staff
crew driver drivers pilot pilots captain captains officer soldiers soldier agent agents inspector inspectors guide guides witness witnesses smugglers traffickers
passenger passengers traveller travellers trader traders merchant merchants farmer farmers fisherman fishermen shepherd shepherds herder herders nomad nomads
student students teacher teachers doctor doctors nurse nurses patient patients victim victims survivor survivors child children minor minors boy boys girl girls
family families tribe tribes community communities refugee migrant worker workers pilgrim pilgrims tourist tourists journalist journalists
bank office-holder market markets festival league cup match final summit conference session meeting workshop seminar briefing debriefing handover
bilateral trilateral multilateral regional municipal provincial federal public private common united international european arab african islamic christian
school schools college faculty institute laboratory library museum theatre church cemetery shrine
january-february spring-summer camel camels sheep goat goats cattle horse horses dog dogs fish locust locusts
cement steel iron sugar flour tea coffee oil diesel petrol cigarettes tobacco drugs pills weapons ammunition explosives
blue green yellow orange black white grey gray brown purple
one-way two-way four five six seven eight nine ten eleven twelve first second third fourth fifth last next previous
centre-est centre-ouest sud-est sud-ouest nord-est nord-ouest nord-sud
controle carte formation ressource ressources soutien terminal union association erreur cooperative assistance secours gestion operations coordination
information renseignement renseignements communication logistique maintenance reparation transit fret entrepot depot magasin garage usine raffinerie
permis visa passeport identite document documents dossier liste formulaire numero projet programme plan phase niveau classe type modele
urgence crise alerte alarme danger risque securite abri evacuation accident collision explosion attaque embuscade affrontement manifestation greve treve paix
riviere lac ile colline montagne vallee plaine foret parc grotte puits source tunnel cloture mur fosse borne ligne piste sentier carrefour tour antenne
nuit jour matin soir midi minuit hier demain weekend saison hiver ete automne printemps eau electricite reseau telephone courrier site serveur systeme
pluie neige grele vent tempete chaleur secheresse brouillard delegue delegation membre membres equipage pilote pilotes capitaines agents inspecteurs
voyageur voyageurs commercant commercants agriculteurs pecheur pecheurs bergers etudiant etudiants infirmier medecin medecins patient patients victimes survivants
enfant mineurs garcon fille famille familles tribu tribus communaute refugie migrant ouvrier pelerins touriste touristes banque marche festival match sommet conference
session reunion atelier bilaterale regionale municipale publique prive commune internationale europeenne ecoles institut laboratoire cimetiere ciment acier sucre farine
carburant gasoil essence cigarettes tabac drogue armes munitions bleu vert jaune rouge noir blanc gris
alpha bravo charlie delta echo foxtrot golf india juliet kilo lima mike oscar papa quebec romeo sierra tango uniform victor whiskey
total average media press radio television news mosaique sonatrach sonelgaz noc tap steg onas unsmil eubam minusma
sir madam dear mr mrs unknown inconnu inconnue none nil aucun aucune nobody personne driver victim suspect witness guide
charge duty name names prenom nom date age first second third two three four five six seven eight nine ten both all some many several
women men children femmes hommes enfants adults adultes persons people migrants refugees nationals travellers passengers
michelin international intercommunal maritime terrestre mobile fixe special speciale
licence license liaison judicial judiciaire legal medical medicale technical technique political federal
commander colonel captain lieutenant sergeant major officer officers inspector governor mayor ambassador commandant capitaine
`;

/** Before a name that is of a place or thing: "Sidi Ahmed", "hôpital Habib Bourguiba". */
export const PLACE_WORDS = `
sidi bir hassi ain oued wadi ouadi djebel jebel jabal ksar qasr bordj borj henchir garaet chott sebkha erg ras oum umm kalaat kalaa dar
plage beach kef cap marsa marsat souq suq qaser qasr awlad hayy jazirat rass off area bay coast rue avenue av boulevard bd place street road square route aeroport airport hopital hospital lycee ecole school college universite university
mosquee mosque stade stadium barrage dam pont bridge camp caserne barracks base port cite hay quartier village douar marabout zaouia zaouiet
operation exercise exercice mv mt vessel navire ship boat bateau ferry company societe hotel puits well pass col station souk clinique clinic
musee palais theatre gare jardin parc forest foret commune wilaya governorate gouvernorat delegation
polyclinique institut institute foundation fondation centre center post poste substation ecole oasis oases ouled oulad beni bani
`;

/** After a name that is of a place or thing: "Houari Boumediene airport". */
export const PLACE_WORDS_AFTER = `
airport hospital street avenue road square dam bridge mosque school lycee university stadium crossing camp barracks base port
substation station clinic oasis pass well district municipality governorate boulevard sector region plateau valley park beach vessel ship boat project area coast bay island port project platform lagoon farm
`;

/** Places of the region whose names hold the name of a person or look like one; spaces as in the text. */
export const PLACES = `ben guerdane, ben gardane, ben aoun, el oued, el borma, el kala, el kef, el tarf, el aioun, el haddada, el meridj, el guetar,
el hamma, el amra, el ksour, el matrouha, el wigh, al wigh, al qatrun, al khums, al khoms, al jumayl, al ajal, al ajaylat, al barakat, al awinat,
bou chebka, bouchebka, bou salem, bou hadjar, bouhadjar, boumahra ahmed, bou rouis, bou arada, bou noura, bou saada, bani walid,
beni walid, in salah, in amenas, in guezzam, in ezzane, ali mendjeli, taleb larbi, sakiet sidi youssef, borj mejen bel abbes, mejen bel abbes,
tin alkoum, tin zaouatine, abu kammash, abou kammash, abu salim, abu ghrein, abu grein, abu dhabi, abu qurayn, ouled moumen, oulad moumen,
dar ouled khalifa, hammam lif, hammam bourguiba, kalaat senan, kalaat khasba, foum el khanga, grand erg oriental, salvador pass, sabri bridge,
souk ahras, souk el arba, houmt souk, mohamed v, mohammed v, saint louis, new york, habib thameur, moulay idriss, bahr salam,
hassan ii, abdelkader square, mansoura, ouled djellal, ouled said, mers el kebir, ain saleh, jebel selloum, jebel mghila,
remada, ramada, tataouine, tozeur, kebili, gafsa, kasserine, jendouba, tabarka, ghadames, ghat, nalut, nalout, wazin, wazen, zuwara, zuwarah,
zouara, zawiya, sabratha, sabha, sebha, ubari, murzuq, mourzouk, tripoli, tunis, algiers, alger, sfax, sousse, gabes, medenine, zarzis, djerba,
jerba, dehiba, dhehiba, hazoua, babouch, melloula, ghardimaou, haidra, feriana, thala, sbeitla, sbiba, tamerza, tamaghza, tamaghzah, nefta,
douz, redeyef, metlaoui, debdeb, djanet, illizi, ouargla, touggourt, tebessa, annaba, guelma, setif, batna, biskra, constantine, oran,
tamanrasset, tarat, issin, sirte, misrata, misratah, benghazi, derna, kufra, khoms, gharyan, zintan, jadu, yafran, darj, mizda, choucha,
shousha, lorzot, bizerte, beja, kairouan, mahdia, monastir, nabeul, siliana, zaghouan, hammamet, sahel, chambi, chaambi, semmama, salloum,
mghila, kerkennah, matmata, debila, ouenza, cheria, skikda, khenchela, agadez, niamey, bamako, gao, kidal, lampedusa, sicily, sicile,
bouira, blida, tipaza, msila, ghardaia, laghouat, bechar, tindouf, adrar, jefara, nefusa, nafusa, dahar, tadrart, acacus, tassili, fezzan,
cyrenaica, cyrenaique, tripolitania, tripolitaine, sinawin, kabaw, zaltan, tiji, badr, brak, traghan, awbari, tummo, toummo, salvador`;

/** Words that are names in lists above and common words in a sentence: only capitalised they are names. */
export const WORD_NAMES = `said med sad nour rim slim mark mona sana amer ben sow bah fall martin sani kadi paul abel marie blessing fares hind
john jean pierre salem malik aziz abu abdul brown jones smith cherif taleb hadj turki najm slim aya farah sabah limam miled harbi rais trad sunday daniel isaac moise juma nasr tahir ramadan rajab rejeb chaabane chaaban ala sabah awa ines anna claude emna aya eya hana
salma malika nadia maya lina sonia samba seif hassana saida nader amel amal iman karim jamila latifa hayat dalila basma warda yasmin kamal amir romano maria`;
