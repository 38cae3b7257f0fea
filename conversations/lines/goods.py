"""How much a word looks like goods or work that small traders bill for, in English and Swahili.

Evidence for the one-line parser, never proof: a word in no list is simply unknown, and where the
evidence does not settle a split the parser asks.
"""

import re

from conversations.lines.everyday import ENGLISH, LOCAL

_ENGLISH = """
accessories accommodation accounting advert advertising airtime album alterations aluminium animation
appliance apples apron art assembly assessment audit avocado avocados baby backup bacon bait bakery
balcony balloons ballast bamboo banana bananas banner banners barbecue barber basin battery batteries
beads beans bearing bearings bed bedding bedroom beds bedsheet bedsheets beef beer bell belt belts bench
benches bicycle bike bikes binding birthday biscuits blanket blankets blazer blender blinds block blocks
blouse blouses blue board boda boiler boilers bolts book booking books boot boots borehole boundary
bracelet braids brake brakes branded branding bread breakfast brick bricks bridal bride brochure
brochures broiler broilers broom brooms brush brushes buffet building bulb bulbs bun buns burger burgers
bus business butter button buttons cabbage cabbages cabinet cabinets cable cables cake cakes calf calves
camera canvas cap caps car carpentry carpet carpets carriage cartridge cartridges carving casing cat
catering cattle cctv ceiling cement ceramic certificate chain chair chairs chalk chapati chapatis charger
chargers cheese chemical chemicals chick chicken chickens chicks chilli chips chocolate chops circuit
cleaning cleaner clipper clock cloth clothes clothing coach coaching coal coat coats coconut coconuts
coffee collar commission components computer computers concrete conditioner conditioning cone
consultancy consultation consulting container cook cooker cooking copper copywriting corn cosmetics
cotton counselling counseling course courses cover covers cow cows cream creation cuisine cultivator
cupboard cupcake cupcakes curriculum curtain curtains cushion cushions custom cut cutlery cylinder dairy
data database debugging decor decoration decorations delivery deliveries dental deposit design designing
designs desk desks desktop detergent diagnosis diapers diesel digging dinner disc dish dishes dj doctor
dog dogs dollies donkey donkeys door doors doughnuts dresser dress dresses dressing drill drilling
drinks driver driving drug drugs dryer dryers duck ducks dye earrings editing egg eggs electrical
electricity electronics embroidery engine engraving envelope envelopes equipment errand errands event
excavation excavator exam exams exhaust extension fabric facial fan fans fare farming fascia
fee feed feeds fees fence fencing fertilizer fertiliser fertilizers file files filing filling film
filter filters finance fish fishing fitting fittings fixing flask flat flier flight floor flooring flour
flower flowers flyer flyers food foods football footwear formatting foundation frame frames freight
fridge fried fruit fruits fuel fumigation funeral furniture games gardening garlic garments gas gasket
gate gates generator ginger gloves glue goat goats gold gown gowns grapes graphic graphics grass gravel
grease green grill grinding groceries guard guide guitar gutter gutters hair haircut haircuts hairdo
hairstyle hall hammer handbag handbags handle handouts hardcore hat hats haulage hay headphones headset
hen hens henna herbs hide hinges hire hiring hoe hoes home honey hoodie hoodies hose hosting house
housekeeping human ice icing ink inspection installation insurance interior internet interpretation
ironing jacket jackets jam jeans jembe jersey jerseys jewellery jewelry juice juices kettle key keyboard
keys kiosk-fee kitchen knife knives labels labour labor lace ladder lamb lamp lamps land landscaping
laptop laptops laundry layers leads leaflets leather legal lemon lemons lenses lessons letterhead lettuce
licence license light lighting lights lime linen lipstick liver livestock loading loaf lock locks
lodging logo logos lubricant lunch lunches lyrics machine machinery machines magazine maize make-up
makeup management mandazi mandazis mango mangoes mangos manicure manure map marble marketing maasai
massage mat mats material materials mattress mattresses meal meals meat mechanic media medical medicine
meeting melons memory menu merchandise metal milk milling mixer mobile mechanical modem monitor mop
mosquito motor motorbike motorcycle mouse moving mowing mug mugs mural murals mushrooms music mutton nail
nails napkins necklace net nets network networking newspaper notebook notebooks notice nursing nuts
oats office oil oils onion onions orange oranges oven overall overalls packaging packing padlock
padlocks paint painting paints pan pancakes panel panels pans pants paper papers parcel parking parts
passport pasta paste paving pawpaw pawpaws peanuts peas pedicure pen pencil pencils pens pepper perfume
perfumes permit pesticide pesticides petrol phone phones photo photocopy photocopies photocopying
photography photos photoshoot piano pictures pig piglet pigs pillow pillows pine pineapple pineapples
pins pipe pipes pizza pizzas planing plan plans plank planks plant planting plants plaster plastering
plastic plates plot ploughing plumber plumbing plywood pole poles polish polishing polythene pond popcorn
pork portrait portraits post poster posters posts potato potatoes pots poultry powder power presentation
pressing printer printers printing prints processor production products programming projector
proofreading property protein provision pruning puff puff-puff pullet pump pumps purse quarry rabbit
rabbits radiator radio ram rack racks recharge recording red refill refilling registration rent rental
repair repairs repaint report reports research resume rice ring rings road roasted roast rods roof
roofing room rooms rope ropes rug rugs router routers rubber salad salt samosa samosas sand sandals
sandpaper sandwich sandwiches sanitary sanitizer sauce sausage sausages scaffolding scanning scarf school
screen screens screening screws script scrubbing seat seats security seed seedling seedlings seeds
sensor septic serum server service services servicing sewing sewer shaving shawl sheep shelf shelves shirt
shirts shoe shoes shooting shopping shower signage signboard signboards silage silk simcard sink sisal
skirt skirts slabs slaughter slippers snack snacks socket sockets socks soda sodas sofa sofas software
soil solar songs soup sound soya spanner spare spares speaker speakers spices spinach sponsor spoons
spray spraying stamp stamps stand statue steam steel stickers sticker stitching stock stone stones
stool stools storage story stove straps straw strawberries streaming subscription sugar suit suits
sukari supper supply support survey sweater sweaters sweep sweets switch switches syrup system systems
t-shirt t-shirts table tables tailoring tank tanks tape tarpaulin taxi tea teaching tent tents test tests
testing textbook textbooks thermos ticket tickets tiles tile tiling timber tint tissue tissues toast
toilet tomato tomatoes toner toners tools tools toothpaste topup tour towel towels towing toy toys tractor
trailer training transcription translation transport transportation travel tree trees treatment
trousers trouser truck-hire tshirt tshirts tubing tuition tuner turkey turkeys tuning tutoring tutorial tv
tyre tyres tire tires typing umbrella umbrellas underwear uniform uniforms upholstery utensils vaccine
vaccines valuation van vanity varnish vase vegetables vehicle veil vest vests video videography videos
vinegar vip visa vitamins voucher waiter waiters waiting wall wallet wallets wardrobe wardrobes warehouse
wash washing washes waste watch watches water watering watermelon watermelons waxing weave weaves web
website wedding weeding weeds weighing welding wheat wheel wheelbarrow wheelbarrows wheels whitewash wifi
wig wigs window windows windscreen ride rides candle candles fillets cupcakes wine wines wire wires wiring wood wool workshop wrapping writing yam
yams yoghurt yogurt zip zips zipper ankara-print jollof garri egusi suya akara agbada gele aso-ebi
mukimo githeri ugali matoke posho rolex kikomando
"""
_SWAHILI = """
maji maziwa mayai yai mkate mikate sukari chumvi unga mchele wali mahindi maharage maharagwe ndengu
njugu karanga kunde dengu mtama ngano mihogo muhogo viazi kiazi nyanya vitunguu kitunguu saumu tangawizi
karoti kabichi sukuma mchicha mboga spinachi bamia biringanya pilipili hoho ndizi maembe embe machungwa
chungwa ndimu limau malimau nanasi mananasi parachichi maparachichi papai mapapai tikiti matikiti
tufaha matunda tunda nazi asali siagi mafuta samia samaki dagaa omena nyama kuku mbuzi ng'ombe ngombe
kondoo nguruwe bata sungura punda vifaranga kifaranga soseji maandazi mandazi chapati sambusa keki
biskuti vitafunio chakula vyakula chai kahawa juisi soda bia pombe mvinyo uji pilau biriani chipsi supu
mchuzi sabuni dawa dawati madawati mswaki poda marashi manukato kiwembe viwembe kiberiti viberiti
mshumaa mishumaa mafuta-taa kuni mkaa majivu magogo mbao mawe jiwe mchanga kokoto saruji simenti
matofali tofali mabati bati misumari msumari rangi chokaa nondo waya bomba mabomba vigae kigae mlango
milango dirisha madirisha kufuli vitasa geti paa ukuta uzio nyaya taa balbu betri swichi soketi
meza kiti viti kochi makochi kabati makabati kitanda vitanda godoro magodoro mto mito shuka mashuka
blanketi mablanketi pazia mapazia zulia mazulia mkeka mikeka kapeti stuli benchi sofa rafu fanicha
shati mashati suruali gauni magauni sketi kanga khanga kitenge vitenge kikoi vikoi nguo vazi mavazi
koti makoti fulana sweta masweta kofia viatu kiatu soksi ndala kandambili mkoba mikoba begi mabegi
mkanda mikanda saa-mkono mwavuli miavuli taulo leso kitambaa vitambaa uzi sare suti tai hijabu buibui
baibui kanzu shuka chupi sidiria khaki
kitabu vitabu daftari madaftari kalamu penseli karatasi bahasha rula chaki ubao ramani gazeti magazeti
simu redio runinga televisheni kompyuta laptopu tarakilishi printa wino chaja kamera spika friji jiko
majiko pasi feni jenereta pampu mashine injini tairi matairi baiskeli pikipiki gari magari trekta lori
basi-hire vipuri kipuri breki mafuta-gari petroli dizeli gesi
sufuria masufuria sinia masinia kijiko sahani-udongo bakuli-udongo kisu visu uma nyuma-mkokoteni
mkokoteni jembe majembe panga mapanga shoka reki koleo nyundo msumeno ngazi kamba mipira mpira
mbegu mbolea dawa-mimea miche mche shamba mashamba ardhi kiwanja viwanja nyumba chumba vyumba kodi
pango duka-rent stoo ghala
huduma kazi ufundi fundi usafiri usafirishaji ushonaji useremala uashi upishi usafi ulinzi ushauri
uchapishaji uchapaji upigaji picha video matangazo tangazo bango mabango kadi mialiko mwaliko vipeperushi
vyeti cheti tafsiri mafunzo semina masomo somo tuition shule-fees ada karo mtihani mitihani kozi darasa-ada
matibabu vipimo uchunguzi sindano chanjo miwani meno
nywele rasta wigi suka msuko misuko kucha vipodozi urembo mapambo maua shanga hereni pete mkufu bangili
harusi sherehe hafla hema mahema jukwaa muziki dj mc ngoma vyombo mapishi bufee
matengenezo ukarabati marekebisho umeme maji-taka bima leseni vibali kibali ushuru mzani
mzigo-delivery kupakua upakiaji uchukuzi tiketi nauli safari-ticket boda bodaboda teksi bajaji
kutengeneza chang'aa mandizi makaa mandaazi ugali matumbo maini firigisi mtindi ghee
mabuyu ubuyu tende zabibu korosho ufuta alizeti pamba katani mkonge kahawia majani miwa muwa
nyasi majani-ng'ombe pumba chanyanga samadi tanki matanki ndoo-plastiki beseni mabeseni jagi
"""

ENGLISH_GOODS = frozenset((_ENGLISH + ENGLISH).split())
SWAHILI_GOODS = frozenset((_SWAHILI + LOCAL).split())
GOODS = ENGLISH_GOODS | SWAHILI_GOODS
_SHAPES = re.compile(
    r"(?:ku[b-df-hj-np-tv-zaeio][a-z]{2,}a|[a-z]{3,}(?:ing|tion|tions|sion|ment|ments|ography|ware|"
    r"ance|ology|ery)|[a-z]{2,}-[a-z]{2,}s)$"
)
_PLURAL = re.compile(r"(?:[a-z]{3,}[^aiousy']s|ma[a-z]{4,}|vi[a-z]{3,}|mi[a-z]{4,})$")
_BULK = """
bricks brick blocks block matofali tofali eggs mayai chicks vifaranga seedlings miche seeds chairs
viti stones mawe poles tiles vigae cards kadi flyers stickers copies photocopies invitations
"""
BULK = frozenset(_BULK.split())  # counted by the hundred as often as priced so


def looks_like_goods(word: str) -> bool:
    """Whether `word` (lower case) is commonly sold or done, or has the shape of such a word."""
    return word in GOODS or bool(_SHAPES.match(word))


def looks_plural(word: str) -> bool:
    """Whether `word` has an English or Swahili plural's shape."""
    return bool(_PLURAL.match(word))
