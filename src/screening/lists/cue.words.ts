/** Words beside which a name stands, in English and French, without accents; own compilation. */

/** Before a name, however uncommon. */
export const TITLES = `
mr mrs ms miss mister dr mme mlle mmes monsieur madame mademoiselle sheikh cheikh shaykh sheik hajj hadj haj hajja docteur doctor maitre
freres brothers soeurs sisters prof professor professeur sir widow veuve feu famille family oustadh ustaz
`;

export const RANKS = `
colonel colonels lieutenant captain capitaine sergeant sergent corporal caporal commander adjudant inspector inspecteur inspectrice
commissaire commissioner brigadier marechal capt lt sgt col cpl cdt lcl cne cmdr cmdt adj insp lieutenants commandant commodore
`;

/** Ranks and offices that often stand before other capitalised words. */
export const OFFICES = `
major general officer officier agent president presidente minister ministre governor gouverneur gouverneure wali mayor maire ambassador ambassadeur
judge juge director directeur directrice prefet prefecture delegate delegue engineer ingenieur gen maj soldier soldat constable guard
prosecutor procureur teacher instituteur enseignant lawyer avocat avocate journalist journaliste private warrant notaire banker banquier activist
activiste militant gendarme policeman policier douanier nurse infirmier infirmiere imam omda secretary secretaire chairman spokesman spokesperson chief chef captain patron
emir amir
`;

export const ROLES = `
driver smuggler suspect trafficker guide ringleader shepherd witness passeur chauffeur conducteur temoin berger
`;

/** Roles that also stand before other capitalised words. */
export const OTHER_ROLES = `
leader victim passenger farmer fisherman owner informant trader merchant migrant
pilot dealer middleman broker detainee prisoner fugitive conductrice proprietaire
commercant trafiquant convoyeur complice meneur individu prevenu detenu victime passager agriculteur pecheur informateur indicateur
marchand voyageur fuyard accomplice rider cyclist boy girl child man woman homme femme garcon fille enfant brother frere son fils
father pere mother mere wife epouse husband mari cousin uncle oncle daughter neighbour voisin friend ami person personne contact
traveller traveler pedestrian pieton patient refugee refugie deserter mechanic mecanicien gerant manager shopkeeper garagiste
transporter transporteur contrebandier smugglers drivers suspects witnesses passeurs chauffeurs temoins blesse wounded deceased
defunt late body corps crew skipper patron survivor survivors rescape rescapee naufrage applicant asylum facilitator facilitateur accused accuse
`;

/** Directly before a name: "named", "alias". */
export const NAMERS = `
named nicknamed alias aka nomme nommee nommes denomme denommee prenomme prenommee surnomme surnommee dit dite certain certaine nickname surnom sobriquet
`;

/** Before a name as labels or in phrases: "name:", "s'appelle". */
export const NAME_LABELS = `
name surname names prenom prenoms nom noms appelle nomme lastname firstname fullname forename patronyme
`;

/** What a name is done to, or does. */
export const DEEDS = `
arrested detained apprehended captured questioned interrogated identified released wanted extradited deported convicted sentenced
charged killed shot injured wounded rescued evacuated kidnapped abducted searched intercepted caught escaped fled met contacted
jailed imprisoned freed hospitalised hospitalized drowned died missing treated accused interviewed summoned expelled stopped
interpelle interpellee arrete arretee apprehende apprehendee relache relachee libere liberee condamne condamnee recherche recherchee
auditionne auditionnee entendu entendue tue tuee blesse blessee evacue evacuee enleve ecroue incarcere expulse refoule intercepte
interroge identifie identifiee decede decedee mort disparu remis deferre controle controlee secouru arrestation interpellation
temoignage audition liberation expulsion capture arrest detention spoke spoken talked signed signe according selon filed led reported
belongs appartient dirige conduit driven drives drove lives habite owned garde vue hurt saw says said confirmed told claims declare
call appel plainte complaint informed informe transported transporte took parle parlent depose deposee asked told heard
brought escorted accompanied hired paid helped contacting accuses accuse aide appele rappele joint refere ramene conduite followed tracked
affirme avoue admitted confessed transportait conduisait
`;

/** Between such a word and the name. */
export const FILLERS = `
is was are were be been being as de d des du of for to by the le la les un une l with from avec par a an sieur est et au aux comme etant etre sous
ce cet cette matin soir nuit this morning evening night last derniere hier today yesterday earlier contre against against avant number one that que presume presumee alleged suspected principal main
libyan tunisian algerian libyen libyenne tunisien tunisienne algerien algerienne called local young jeune old ancien former certain
named nomme nommee his her son sa has have had his first second nommes here hereby also aussi ete ont
`;

/** Between a name and a deed: "was", "a été". */
export const AUXILIARIES = `
was were has have had been is are a ete est fut ont sera will be who qui also again later reportedly hier yesterday today then
`;

/** Within names. */
export const PARTICLES = `ben bin ibn bent bint ould wuld el al abu abou bou abd abdel abdul di von`;

/** Nouns that are named without being persons. */
export const THINGS = `
operation camp place area wadi oued site lieu zone village town ville city well puits pass col exercise exercice ship boat vessel navire
bateau group groupe network reseau app company societe layer file fichier road route valley vallee dam barrage point secteur sector hill
colline mountain montagne project projet plan storm tempete system systeme endroit localite oasis region river riviere farm ferme quartier
district hotel market marche souk mission patrouille patrol drill manoeuvre programme program localities campaign campagne piste track
database dataset column table property folder server serveur station post poste crossing passage pillar borne ridge plateau plain plaine
dune lake lac island ile port harbour harbor mine quarry carriere brigade unit unite battalion bataillon militia milice tribe tribu
`;
