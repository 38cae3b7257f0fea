"""More everyday words for goods and work: evidence beside `lines.goods`, never proof."""

ENGLISH = """
abrasive acid acoustic acrylic adapter adapters adhesive adhesives aerial agreement airbed aircon
alarm alarms albums alignment alloy alternator ambulance amplifier anchor annex antenna
antibiotics apiary aprons aquarium arch archway armchair armchairs artwork artworks asphalt auger
awards awning axle backdrop backdrops backpack backpacks baggage balloon ballpoint balm bandage
bandages banisters barbed bark barley barricade barricades baseboard basins bass bathroom bathtub
bead beam beams beanbag beehive beehives beetroot beetroots bib bibs billboard billboards bins
birdcage biscuit bitumen blade blades blanketing bleach bleaching blend blower boat boats bobbin
body bodywork bolster bonnet bookcase bookkeeping bookshelf bookshelves booth booths borders botox
bottling bow bowties boxing bra bracelets bracket brackets brakepads bras brass brew briquettes
broadband brooch brooder brownies buckles bulldozer bumper bumpers bunk bunker bunkers buoy burial
burner burners butchering cabin cabins caddy cage cages calculator calculators calendar calendars
calibration callout camcorder cameras camping canoe canopies canopy canteen canvases caravan
carbide card cardboard cardigan cardigans cards cargo carrier carrot carrots cart carts carvings
cashew cashews cask casket caskets cassava cassette catalogue catalogues catfish cauliflower
ceilings celery cellar cereal cereals cesspit chaff chainlink chains chainsaw chalkboard
chandelier chandeliers charcoal chart charts chassis chauffeur checkup cheeses cherries chess
chest chimney chipping chippings chisel chlorine chocolates christening chrome churn cider cinema
cistern cladding clamp clamps claw clay cleanser cleanup clinker clips cloak clocks cloths clove
cloves clutch coasters cobbler cocktail cocktails cocoa coffin coffins coil coils cold-room
coleslaw collars cologne colour colouring comb combs comforter comic commercial compactor compass
compost compressor compressors conference confetti connector connectors construction cookbook
cookbooks cookers cookies coolant cooler coolers cooling coops coping cord cordless cork cornflour
cornrows corrugated costume costumes cot cots couch couches couplings courier cowbell cowpeas crab
crabs cracker crackers crane crayfish crayons creams creche crib crochet crockery croissants crops
crusher crushing crutches cucumber cucumbers cuff cultivation cupboards curling curry cutters
cutting cyclinder daily dal damper dashboard debranding deck decking decoder decoders deep-fryer
deliverables demolition denim dentures deodorant desilting dessert desserts detector detectors
dewormer deworming diagnostics diaper diaries diary dictionary diet digger dining diploma dips
dishwasher disinfectant disinfection dispatch dispenser dispensers display divan divider diving
dog-food doll dolls dongle donuts doorbell doorframe doorframes doormat dosage dough dowel
downlights downpipe drainage drains drapes drawer drawers drawing drawings dressings drip drips
drone drones dues dumbbells dump duplex dustbin dustbins dusters duvet duvets dyeing ebook elastic
elbow elbows electrician electrocution electrode electrodes embryo emulsion enamel enclosure
engagement engines enrolment entertainment entrance epoxy eraser erasers escort essays estimate
ewe exercise exfoliation exhauster exhibition extensions extinguisher extinguishers extract
extractor eyebrow eyebrows eyeglasses eyelashes fabrication fabrics facade facials facilitation
falsies fasteners faucet fax feathers feeder feeders fencing-wire ferry fibre fibreglass fig
figurine filler finger fingerlings fire fireplace firewood fixture fixtures flag flags flakes
flashdisk flasks fleece flex flights flip-flops floodlight floodlights floorboards florist
flowerpots fluid flush flux foam foil folder folders foliar fondant footrest forage forex fork
forklift forks foundation-works fountain framing freezer freezers fridges fringe fruit-salad fryer
frying funnel fur furnishing furnishings fuse fuses game gaming garbage garland garment gauges
gauze gear gearbox gears gel gelatine generators genset giftbox gifts ginger-tea girdle glassware
glazing glitter glove gluing glycerine goalpost goalposts goggles gourd gourds grader grading
graduation grain grains granite granola grate grater gravestone gravy grazing greenhouse
greenhouses greens grille grilles grinder grinders grit grooming groundnut groundnuts grout guards
guava guavas gum gum-boots gumboots gunny guttering gypsum haberdashery hairnets hairpiece
hairpieces ham hammock hamper hampers handbook handbooks handcraft handles handrail handrails
handset handsets hanger hangers hardboard hardwood harness harvester harvesting hatchery hay-bales
headboard headboards header headlamp headlight headlights headscarf headscarves headstone headwrap
hearing-aid heater heaters heating hedge hedges heel heels heifer heifers helmet helmets helpdesk
herbal herbicide herbicides herd herding hiking hive hives hog holster homework honeycomb hood
hoods hook hooks hoop horn horns hoses hostel houses hull hulling husks hydrant hygiene hymn
icecream ignition implants incense incinerator incubator incubators infusion inhaler injection
injections injector inks insecticide insecticides insoles inspections insulating insulator
intercom interlocking internship inverter inverters iron irons irrigation itinerary jackfruit
jacks javelin jet jingle joinery joint joists journals jug jugs juicer juicers jumper jumpers kale
kales kayak keg kegs kennel kennels kerosene ketchup kettles keyholder keypad kiln kimono kit kits
kitten knee knitting knitwear knob knobs lab laboratory lacquer ladders ladle lager laminate
laminated laminating lamination lampshade lampshades lantern lanterns lanyard lanyards laser latex
latrine latrines laundering lawnmower layer leaf leaflet lease leasing leather-bag ledger legging
leggings lemonade lending lens lentils letter letterheads lettering levelling lever library lid
lids lifejackets lift lifting ligament lighter lighters limestone liner liners lingerie lining
linoleum lip lipgloss liquid liquor loaders lobster locker lockers loft log logs lollipops loom
lotion lotions loudspeaker loudspeakers lounge lubrication luggage lumber lunchbox luncheon
machete machetes machining magnet magnets mahogany mailing maintenance maker malt mannequin
mannequins manual manuals marinade marker markers marking marquee masala mascara mask masks mason
masonry mast mastering mate mattress-protector maxi measuring meat-mincer mechanism medal medals
medication medicines membership memorial menus merino mesh messaging metalwork meter-box micro
microphone microphones microscope microwave microwaves mics migration milkshake milkshakes millet
mince minced mincer minerals mirror mirrors mixers mixing mobilization mocktails modelling
moisturiser moisturizer molasses mold money-box mops mortar mosaic motherboard mould moulding
moulds mount mounting mouthwash mower mowers muesli muffin muffins mulch mulching murram mushroom
mustard nameplate nanny napkin nappies napping neckties needle needles netting newsletter
newspapers nightdress nightgown nonfiction noodle noodles notary nozzle nozzles nursery-bag nut
nutmeg nutrition nylon oak oatmeal ointment okra olives omelette ornament ornaments orthopaedic
ottoman outdoor outfit outfits outlet outlets oven-tray ovens overhaul overlock oxygen oyster
pacifier pacifiers package packages pad paddle pads pail paintbrush paintbrushes painter pajamas
pallet pallets pamphlet pamphlets paneling panelling panties pantry panty papaya paperbags parasol
parboiled parquet parsley partition partitioning partitions party passbook pastries pastry patch
patching pavement paver pavers paving-blocks payroll peach peaches pear pears pebbles pedal pedals
peeler peg pegs pelmet pendant pendants penetrant pension perimeter permits petal petticoat pews
pewter pharmaceuticals phonecase photobook photographer photographic physics physiotherapy pick-up
pickaxe pickles pickup picnic picture pie pies pilates pile piles pillowcase pillowcases pinafore
pinboard pincers piping pistachio piston pistons pit pitch placard placards placemats plait plaits
planner planners planter planters plaque plaques plasma plasterboard plasticine platform platforms
platter platters playground playlist pliers plough plow plug plugs plumbing-works plums poncho
ponytail pool pools porcelain porch porridge porter porters postage postcard postcards pot potting
pouch pouches pram prawns pregnancy prescription prescriptions preserver presses primer prism
privacy prize prizes probe produce profile profiles program programme programmes projectors promo
promotion promotional propane props protector protectors pruners publicity publishing pudding
pull-up pullover pullovers pulp pulses pump-repair pumpkin pumpkins punch puncture punctures
puppet puppies puppy purifier purifiers purses puzzle puzzles pyjamas quail quails quilt quilts
racing racket rackets radish raffia raffle rafters rags rail railing railings rails raincoat
raincoats raisins rake rakes ramp rams rasp razor razors reader readers reagent receiver reception
recipe reconciliation recorder recruitment rectifier recycling reed reeds reels refreshments
refrigeration refrigerator regulator regulators reinforcement relaxer relaxers relocation remote
remotes removal render rendering renewal renovation renovations repainting replacement
replacements replica repotting resealing resins resistors resoling restock restoration resurfacing
retainer retouch retouching rewinding rewiring ribbon ribbons rice-cooker rickshaw ridge rims
roasting robe robes rocks rod roller rollers rolling roofing-sheets rooftop rooster roosters
rosaries rosary roses rotavator roundtrip rubbish rubble rucksack rum runners saddle safe safety
sail salads salmon sample samples sandal sander sanding sandstone sanitary-towels sanitation
sanitiser sanitizers sap sardines sash satchel satellite satin saucepan saucepans saucer saucers
sauna saw sawdust saws scaffold scaffolds scale scales scanner scanners scarves scent scented
schooling scissors scone scones scooter scooters scoreboard scraper screed screenprint screwdriver
screwdrivers scrub scrubs sculpture sculptures seafood seal sealant sealing seals seasoning
secateurs secretarial sedation seedbed seeder selfie seminar seminars semolina sensors septic-tank
sequin serums serviette serviettes serving sewage sewers shades shampoo shampooing shapewear
sharpener sharpening shears sheds sheeting sherbet shield shields shingles ship shipment shipping
shirting shoelaces shoemaking shorts shoulder shovel shovels showcase showers shredder shredding
shrimp shrimps shrub shrubs shutter shuttering shutters shuttle shuttles sieve sieves signpost
signposts signs silencer silicone silo silos silt simsim singlet sisal-rope skateboard sketch
sketches sketching skewers skin skincare skipping slab slasher slashers slashing sleeper sleepers
sleepwear sleeve sleeves slides sliding slings smock smoothie smoothies snail snails sneaker
sneakers soak soakpit soap soaps softboards softener softwood solder soldering sole soles solvent
sorghum soundproofing sourdough souvenir souvenirs sow soy soymilk spacer spade spades spaghetti
spanners sparklers spawn spice spike spindle spirits splash splints splitter sponge sponges
sponsorship spool spoon spotlight spotlights sprayer sprayers spreadsheet sprinkler sprinklers
sprouts squash stabilizer stabilizers stainless staircase staircases stairs stakes stalk stall-fee
stapler staplers staples starch starter starters stationeries stationery steak steaks steamer
steaming stencil stencils sterilizer steroid stethoscope stew stews sticks stilettos stitches
stockings stoppers storey stoves strap strapping streamers stretcher stretchers strings striping
strips studs stuffing subwoofer subwoofers suede suitcase suitcases sulphur suncream sunflower
sunglasses sunhat sunscreen surgery surgical surveying surveys suspenders swab swimming swimsuit
swimsuits swimwear swing swings switchgear swivel symposium syringe syringes tablecloth
tablecloths tablemats tablet tablets tag tags tailcoat taillight takeaway tanker tankers tanning
tap taper taps tarmac tarpaulins tart tarts tattoo tattoos taxidermy teabags teacups teapot
teapots telephone telescope television televisions temp tender termite termites terrace terrazzo
tester textile textiles texture thatch thatching theatre therapy thermal thermometer thermometers
thinner thinners thread threading threads tiara ticketing tie ties tights tilapia tiller tilling
timetable tin-roof tinting tissue-rolls titanium toaster toasters tobacco toddler toffee
toiletries toilets tombstone tombstones tong tongs tool toolbox toolkit toothbrush toothbrushes
toothpicks toppers topping toppings torch torches tote totes touchpad tourniquet tours towbar
tracker trackers tracking tracksuit tracksuits trailers trampoline transcript transcripts
transformer transformers transmission transporting trash treadmill treats trellis trench trenches
trenching trimmer trimmers trimming trimmings trophies trophy trough troughs trowel trowels
truffles trumpet trunks truss trusses tubers tulips tuna tunic tunics turban turbans turbine turf
turmeric tutors tuxedo tuxedos twine twists typesetting ultrasound unblocking undercoat underlay
undershirt undersuit upgrade upgrades upholstering upkeep urinal utensil vaccination vaccinations
vacuum valance valve valves vanilla varnishing vaseline vases veal vegetable veggies veils velvet
vending veneer ventilation ventilator verandah vermicelli vet veterinary vibrator videographer
vine vinyl violin visas visor vitamin voiceover vouchers waffle waffles wagon waistcoat waistcoats
walkway walling wallpaper wallpapers walls walnuts washbasin washer washers wastebin watering-can
waterproofing waterpump waterpumps wax web-design webcam webcams wedges weed weeder weight weights
welder wellness wheat-flour wheelchair wheelchairs whipping whisk whiskey whisky whistles
whiteboard whiteboards wicker windbreak windbreaker windshield wiper wipers wipes wok wood-carving
woodwork workbook workbooks workmanship workout workshops worms wrap wraps wreath wreaths wrench
wrenches wristband wristbands writeup x-ray xray yarn yeast yoga yogurts zinc zippers zumba
provisions christmas easter valentine valentines eid diwali kiwi persian chinese indian italian german american turkish arabic maths math mathematics english kiswahili french science biology chemistry history geography
"""
LOCAL = """
abaya abayas ac adidas adire ads agbo air-filter airpods akamu amala amoxicillin ankara antena
antibiotics aproni ariel aso-oke asoebi asoke atiku axio ayran bafu bajia bajias bakora bandani
bandeji bandika barafu barakoa barbed-wire barua batiki batiks bawaba beberu bembea bhajia bhajias
bic bilinganya binzari biometric birika biro bitumen bizari blauzi blueband bmw boli boriti boti
bournvita brashi brukutu buba buku bungo busaa busuti buti canon certificates chain-link chambo
chandarua changu chano chapo chapos chati chenga chenza cherehani chetezo chevda chin-chin
chinchin chinchins chomelea choo choroko chungu coke colgate cornice corolla dafu dania danzi
deejay demio dera dettol dhania dibaji dodo dripu drumsticks dstv dulux earpiece eba edikaikong
ekyoto epson ewedu exercise-book fahali fanta fenesi fiber fielder figili fila fiwi foronya
fried-rice fufu gambuti ghana-weaving giligilani gillette gin gomesi gomesis gongo grili grisi
gucci guinness halua halwa hariri harpic hdd hdmi headtie heineken hessian hiace hijab hijabs
hiliki hisense huggies iliki indomie iro isuzu jelebi jeneza jik jikokoa jodari jogoo juba kaa
kabeji kaburi kachori kachri kachumbari kaftan kaikai kaimati kambale kande kandili kaptula
kaptura kapu karafuu kashata kasia kata katogo kawa keke kibanda kibao kibua kibuyu kidonge
kifungo kigoda kiko kikokotoo kilemba kilishi king'amuzi kinu kinyago kinyonga kiondo kioo kipindi
kisima kitasa kitini kitumbua kiyoyozi kolekole kolinawa komeo kotex kuchimba kuchomelea kuchonga
kuchora kudarizi kufua kufyeka kuhamisha kujenga kulima kungu kunu kunyoa kupaka kupalilia kupamba
kupiga kusafisha kushona kusuka kuta kuvuna kyondo labaniyyah landcruiser lashes lesi lesso lessos
lg lishe logistics luwombo mabafu mabakuli mabanda mabeberu mabembea mabirika mablauzi mabomu
maboriti mabuku mabuti macbook machenza madafu madanzi madeli madera madini mafenesi maforonya
mafremu magambuti mageti magimbi magongo magrili mahamri majagi majeneza majogoo majuba makaburi
makala makapi makaptula makapu makasia makomeo makufuli malapa managu manjano mapaneli mapeasi
mapeni mapera mapipa marikwama mashimo mashua mashudu masinki mastafeli mastuli matangi matango
mataulo matisheti matochi matooke matoroli mawele mazda mbaazi mbege mbuta mchoro mdalasini
mercedes mfereji mfuo mhuri michoro mifereji mihuri mikwiji milo minji misalaba misumeno mitai
mitamba mitandio mitaro mitego mitsubishi mitumba mitumbwi mizinga mkwiji mnazi moi-moi moimoi
msalaba msingi mtamba mtandio mtaro mtego mtumbwi muarubaini muchomo muhindi mukene mursik mutura
mwarobaini mzinga nakati ndama ndoana nduma nembo neti ngalawa ngege ngisi nguzo nike nissan nivea
njahi nsenene nta nyavu nyavuo nyungo nyuzi ofada ogbono ogi oil-filter oili okada okpa omelette
osuji palm pambo pampers panadol pandisha panel-beating paneli papa paracetamol passion-fruit
passo peasi peni pera perege pest-control peugeot pilsner pipa plagi plantain plascon plasta ponmo
powerbank prado probox puma pweza raba ramtons receipts rikwama rimoti ripoti roofing-sheet royco
rubber-stamp ruler sadolin saga sanamu sangara satini sato scania schnapps semovita senator
seng'enge sengenge seo seruali shajara shaki sharbati sharubati shayiri shimo shoki shumizi simsim
sinki smokie sobo sony spea ssd stafeli starlink stempu stika stima stockfish subaru suzuki
taarifa tambi tangi tango tarpaulin tarpaulins tasi terere tilapia tisheti tochi togwa toilet-seat
topetope toroli toyota tuiti tuktuk tusker tuwo tvs uandishi uchimbaji uchomaji uchomeleaji
uchongaji uchoraji udarizi ufuaji ufugaji ufyekaji uhamishaji uhasibu ujenzi ukaguzi ukataji
ukodishaji ukodo ukwaju ulanzi ulezi umwagiliaji ungo unyoaji unyunyiziaji uokaji upakaji
upaliliaji upambaji upandaji upimaji usambazaji usb ushungi ususi utafiti utangazaji utengenezaji
utunzaji uuzaji uvunaji uwele vaseline vesti vga viazi-karai vibanda vibanzi vibao vibuyu vidonge
vifungo vigoda vikokotoo vilemba ving'amuzi vinyago viondo vioo vipindi vipusa visheti vishikio
visima vitini vitumbua vitz viyoyozi voxy vyambo vyandalua vyandarua vyano vyerehani vyoo vyungu
waru wavu waybill weavon whitecap wimbi wrapper zambarau zobo zuku shela madira kashida
"""
