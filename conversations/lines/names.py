"""How much a word looks like a person's name in Kenya, Tanzania, Uganda or Nigeria.

Evidence for the one-line parser, never proof: a word in no list is simply unknown, and where the
evidence does not settle a split the parser asks.
"""

import re

from conversations.lines.people import PEOPLE

_GIVEN = """
aaron liz lizzie abby abdallah abdi abdul abdullah abdulrahman abel abigail abraham adam adan adrian agatha
agnes ahmed aisha akilah alan albert alex alexander alfred ali alice aliyu allan allen alvin amani
amber amelia amina amir amos amy andrea andrew angel angela angeline anita ann anna annabel anne
annet annette anthony antony arnold arthur asha asma athman athumani august austin ayub aziz aziza
babra bahati baraka barbara basil beatrice becky belinda ben benard benjamin benson bernard bertha
beth betty beverly bilal bilha blessing bonface boniface bosco brandon brayo brenda brian bridget
bruce calvin calvince caren carlos caro carol caroline catherine cate cathy cecilia celestine charity
charles charlotte chloe chris christian christine christopher clara claire clement cleophas
clinton collins connie consolata cornelius cosmas cynthia cyrus dan daniel dave david davis davy
deborah dennis derek derrick desmond diana dickson dinah dominic donald doreen doris dorcas dorothy
douglas duncan ebenezer eddy eddie edgar edith edna edward edwin elijah elias eliud elisha elizabeth
ellen elsie elvis emily emma emmah emmanuel enock ephraim eric erick ernest esau esnath esther
eugene eunice eva evans evaline evelyn everline ezekiel ezra fadhili faisal farida farah faraja faruk
fatma fatima fatuma fauzia felicia felista felix ferdinand festus fiona flavia flora florence
francis franco frank fred freda frederick fridah gabriel gad geoffrey george gerald geraldine
gerard gideon gift gilbert gladys gloria godfrey godwin goodluck gordon grace gregory habiba hadija
halima hamad hamida hamisi hamza hannah harriet harrison harry harun haruna hashim hassan hawa heather
helen helena hellen henry herbert hesbon hilda hillary hope hosea howard humphrey hussein ian
ibrahim ida idris idrissa immaculate imani imran innocent irene iris isaac isaiah ismail issa ivan
ivy jack jackie jackline jackson jacob jacqueline jafari james jamal jamila jane janet japhet jared
jasmine jason jasper jay jayden jean jeff jeffrey jemima jennifer jenny jeremiah jerry jesse jessica
jessy jill jim jimmy joan joanna job joel johana john johnson johnstone jonah jonathan jordan joram
josephat joseph josephine joshua joy joyce jude judith judy julia juliana julian juliet julius juma
justin justina justus kadzo karen karim kate kelvin ken kennedy kenneth kevin kevo khadija khalid
khamis kim kimberly kizito kristen lameck larry laura lavender lawrence leah lenox leo leonard leonida
leticia levi lewis lilian lillian linda linet linus lisa lois lorna louis louise lucas lucia lucy
luke lydia mabel mackenzie magdalene maggie mahmoud maimuna majaliwa makame malik malkia marcus
margaret maria mariam marion mark martha martin mary maryam masoud mathew matthew maureen maurice
mauricia mavis max maxwell melissa melody mercy meshack michael michelle mike milka millicent mildred
milton miriam mohamed mohammed moi molly monica moses moureen muhammad mustafa mustapha mwajuma mwana
mwanaisha mwanahamisi myra nadia nahashon nancy naomi nasra nassir natasha nathan nehemiah neema
nelly nelson nicholas nick nickson nicole nimrod noah noel nora norah norman nuru obadiah oliver
olivia omar omari onesmus oscar otis pamela pascal patience patricia patrick paul paula pauline
peninah penina peninnah pendo perpetua peris peter petronila phanice pheobe philemon philip phillip
philomena phoebe phyllis pius polly prince prisca priscilla prudence purity queen quinter rachael
rachel rael rahab rahel rahma rajab rajabu ramadhan ramadhani ramla rashid raymond raphael rebecca
regina rehema reuben rhoda ricardo richard risper rita robert robin rodgers roger roland ronald ronny
rosa rosalia rosaline rose rosemary roselyne roy ruben rukia rupia ruth sabina sadia sadiki safina
said saida saidi saleh salim salima salma salome sam samira samson samuel samwel sandra sara sarah
saumu seif selina selma shadrack shakira shamim shamsa sharon shaban shabani sheila sherry shiro
shiru sheilah sikujua silas silvester silvia simon sofia solomon sophia sophie stacy stanley stella
stephanie stephen steve steven suleiman suleman sultani sunday susan susana suzan swaleh sylvester
sylvia tabitha tatiana tausi teddy teresa teresia thadeus theodora theresa thomas tiffany tim
timothy titus tobias tom tony tracy trevor tunu tumaini upendo ursula valentine valerie vanessa vera
veronica vicky victor victoria vincent viola violet virginia vitalis vivian walter wendy wesley
wilberforce wilfred william willy wilson winfred winnie winnifred winston yahya yasin yohana yunus
yusuf yvonne zachariah zachary zahara zainab zainabu zakaria zaituni zarina zawadi zena zipporah
zubeda zuberi zuhura zulekha zuleikha
chidi chidinma chika chike chima chinedu chinonso chioma chisom chukwudi chukwuemeka ebere ebuka
efe ejike ekene emeka ese femi folake folarin funke funmi funmilayo gbenga habibu hadiza hauwa
ibukun ifeanyi ifeoma ifeyinwa ijeoma ikenna ike iyabo jide kabiru kehinde kelechi kemi kunle ladi
lanre lekan mercy musa ngozi nkechi nkem nneka nnamdi obi obinna oche oge ogechi okey olu olumide
onome osas osaze rasheed remi ronke rotimi sade sani segun seun shade shehu sola tade taiwo tayo
temi temitope titi tobi tokunbo tolu tope tunde tunji uche uchenna ugo ugochi usman uzoma wale yakubu
yemi yetunde yinka yusuf zainab abubakar aminu audu bala bello bukola damilola danjuma dapo dayo
ebube garba ibrahim idowu isa ladipo lawal murtala nura umar sanusi suleiman
"""
_FAMILY = """
achieng achola adhiambo adongo aguta akello akinyi akoth aketch aluoch amondi amolo anyango apiyo
apondi asiko atieno atieno auma awino awuor ayako barasa biwott boke bosire bundi bwire cherono
chebet chelimo chepkoech chepngetich cheptoo cherop cheruiyot chesang gachanja gachoki gakuru gathoni
gatheca gathogo gaturo gichuki gichuru gikonyo githinji gitau gitonga githae hamadi ireri irungu
juma kabogo kabui kagai kagwe kahiga kaimenyi kairu kajuju kamande kamau kamene kamotho kanini kanja
kanyi karanja karani karimi kariuki karoki karuga karume kasyoka kathure katana kavata kazungu keino
kemboi kemunto kenyatta kerubo khaemba khamala khisa kibaki kibe kibet kigen kihara kiilu kilonzo
kimani kimathi kimutai kinuthia kinyanjui kinyua kioko kiplagat kipchoge kipkemboi kipkorir kiprono
kiprop kiprotich kirui kirimi kisilu kitheka kiteme koech koome korir koros kosgei kuria kwamboka
kyalo langat lagat limo luvai mabonga macharia machoka magara maina makau makena makokha makori
malombe mambo manyara maore maranga masinde masika mathenge matheka mati maundu mbithi mboya mbugua
mbuthia merab moraa mose momanyi mogaka moseti mokaya moraa mugambi mugo muigai muiruri mukami
mukhwana muli mulwa mumbi mumbua mumo muriithi muriuki murage muriungi musau musembi musyoka musyoki
mutai mutegi muteti muthama muthee muthoka muthoni muthui mutinda mutiso mutua mutuku mutunga muturi
mwachiro mwadime mwaniki mwangi mwangangi mwaura mwende mwendwa mweni mwikali mwiti mwongeli
nafula nakhumicha nanjala naliaka nasimiyu ndegwa nderitu ndirangu ndolo ndungu ndwiga nekesa ngala
ngari ngugi nganga ngetich ngige nguyo njagi njambi njau njenga njeri njeru njogu njoki njoroge njuguna
njuki nthiga ntinyari nyaga nyaguthii nyaboke nyambura nyakio nyamai nyanchama nyaga nyangau
nyawira nyokabi nyongesa nzioka nzomo obado obara obiero obonyo ochieng odera odero odhiambo odinga
odongo odoyo oduor ogada ogola ogutu ojwang okello okeyo okinyi okoth okumu okuku olango oloo olwal
omolo omondi omollo omwamba ombati ombui onditi ondieki ongeri onyancha onyango opiyo opondo orina
osoro otiende otieno ouko ouma owino owiti owuor oyugi radido rono rotich ruto samoei sang serem
shikuku simiyu sitati sitienei tanui tarus thuku thuo toroitich towett tuwei wafula wahome waithaka
waithera wairimu waiganjo wairagu wambua wambui wamalwa wamae wamaitha wambugu wamuyu wandera wangare
wangari wangechi wangeci wangui wanja wanjala wanjiku wanjiru wanjohi wanyama wanyonyi waruguru waweru
wekesa were yegon zingo
massawe mushi kimaro mrema shirima lyimo mosha temba swai urassa mbwambo msuya mgonja mfinanga
mwakalinga mwakyusa mwakasege mwaipopo mwambene mwasumbi mwamakula nyerere magufuli kikwete mkapa
mwinyi majaliwa makonda ngowi mallya tarimo lema msigwa chacha marwa mwita nyamhanga masanja shayo
kessy laizer mollel lekule mhando mhina kaniki komba mapunda ngonyani haule nchimbi mbunda kapinga
sanga mgaya mligo chaula kyando mkwawa kilewo machange kavishe mlay mwanri ndosi nnko palangyo
pallangyo kaaya sumari mbise akyoo nanyaro ayo minja materu mariki mtui lyatuu
okot ocen odoki opio ojok otim oryem komakech akena lamwaka aciro auma apio adong acan ssali
ssemakula ssempijja ssebunya ssebaggala ssentongo sserunjogi kato wasswa babirye nakato nalubega
nakimuli nabukenya nalwanga namukasa namusoke nankya nansubuga nassali nabirye namubiru nantongo
nakalema nakanwagi nakibuuka kizza kiggundu kasule kasozi kaggwa kagimu kawuma kayondo kyambadde
lubega lubwama lukwago lule lutaaya mayanja mbabazi mukasa mukisa mugisha museveni musoke mutebi
mutesa muwanga muwonge mwesigwa mwesigye nsubuga ntale nuwagaba okurut byaruhanga tumusiime
tumuhairwe tumwine tusiime kyomuhendo kyalimpa ainembabazi ainebyoona akampurira arinaitwe asiimwe
atuhaire ayebare besigye bwambale kabuye kobusingye natukunda ninsiima rwabwogo sanyu kirabo nambi
achan lakot okumu oboth
abiodun adebayo adekunle ademola adeola aderemi adesina adewale adeyemi afolabi ajayi ajibade akande
akintola akinwale akpan alabi amadi anyanwu aregbesola asuquo awolowo ayodele ayoola azikiwe babatunde
babangida balogun bassey buhari chukwu danladi dangote duru effiong ekanem ekpo eze ezekwesili fashola
igwe inyang iroha jonathan kalu lawan madueke maduka mbah nwachukwu nwankwo nwosu nwoye obasanjo obi
odukoya ogunbanjo ogundipe ogunleye okafor okeke okon okonkwo okorie okoro okoye oladele oladipo olaniyan
olatunji olawale olayinka oluwaseun onuoha onwuka onyeka orji oshodi osinbajo owolabi oyelaran oyedepo
salami sanni soyinka tinubu udo ugwu umeh umoh usoro uwais yakubu yusuf adamu abdulkadir
abdulkarim mwamba mulenga phiri banda moyo dube ndlovu smith jones brown taylor williams patel shah
singh khan hussain jama warsame farah osman abdirahman hersi nur sheikh omari mbarak salat
jamo njoro mato ondi oti wanjo kama kimsh stano vinnie kanze mwas mosh njuguna shiko ciku shish
"""

NAMES = frozenset((_GIVEN + _FAMILY + PEOPLE).split())

# Also common words: as a name they need a better reason.
_ALSO = """
rose grace faith mercy joy hope gift prince queen neema baraka pendo upendo imani tumaini amani
bahati zawadi nuru august violet iris ivy melody patience charity job mark may june april
sunday angel summer amber jasmine lavender blessing purity innocent immaculate jack bill jay
tausi malkia mambo kato shish mato oti said shade temi olive robin max frank karani makena
peace comfort favour precious peace comfort favour precious ladi sola titi seun efe faraja fadhili isa obi kim dan mati miti maore
happy happiness lucky wisdom glory miracle destiny praise promise success victory treasure divine
prosper justice salama riziki subira siwema tabu mashaka godlisten godbless loveness
"""
ALSO_WORDS = frozenset(_ALSO.split())

_SHAPES = re.compile(
    r"(?:kip(?:ro|ko|ke|la|le|ch|t|s|ng)|chep|jep|cheru|chebe|njer|njo|njug|ng'|wanj|wamb|wair|waith|"
    r"muth|mutw|mwak|mwang|nyamb|nyaw|nyok|nans|naki|nalu|namu|nabi|sse|tumu|tusi|byar|ade[bckmostwy]|"
    r"ayo|olu|ola[dnjoty]|chuk|nwa|onye|okaf|okon|ogun|ezek|abdul|abdi|otie|ochi|odhi|onya|omo|owu|"
    r"achi|akin|atie|awuo|adhi)[a-z']{2,}$"
)


def looks_like_name(word: str) -> bool:
    """Whether `word` (lower case) is a common name of the region or has the shape of one."""
    return word in NAMES or bool(_SHAPES.match(word))
