/** What the sample collections hold. Days count back from the day it is all seen. */

/** @typedef {Readonly<Record<string, string | number | boolean | readonly string[]>>} Thing */

const sites = { weir: [52.5163, 13.4532], bend: [52.5121, 13.4618], pond: [52.5098, 13.4701], ford: [52.5189, 13.4415] }

/** what, note, scene, count, status, site @type {readonly (readonly [string, string, string, number, string, keyof typeof sites])[]} */
const seen = [
  ['Grey heron', 'Pair, carrying sticks to the alder on the far bank', 'heron', 1, 'Nesting', 'weir'],
  ['Kingfisher', 'Two dives, one fish', 'kingfisher', 1, 'Feeding', 'bend'],
  ['Alpine newt', 'Under the flat stone', 'newt', 2, 'Resting', 'pond'],
  ['Weir, low water', '38 cm on the gauge', 'weir', 1, 'Passing', 'weir'],
  ['Common frog', 'Spawn in the shallows', 'frog', 12, 'Nesting', 'pond'],
  ['Fly agaric', 'Ring under birch', 'mushroom', 7, 'Resting', 'bend'],
  ['Evening mist', 'Reference photo, point B', 'dusk', 1, 'Passing', 'bend'],
  ['Grey heron', 'Standing, 40 minutes', 'ford', 1, 'Resting', 'ford'],
]
const others = [
  'Mute swan',
  'Moorhen',
  'Dipper',
  'Sand martin',
  'Reed bunting',
  'Common toad',
  'Banded demoiselle',
  'Water vole',
  'Beaver marks',
  'Otter print',
  'Great crested grebe',
  'Little egret',
  'Mandarin duck',
  'White wagtail',
  'Smooth newt',
  'Swan mussel',
  'Marsh marigold',
  'Yellow iris',
  'Purple loosestrife',
  'Alder catkins',
  'Mayfly hatch',
  'Pond skater',
  'Grass snake',
  'Coot',
  'Tufted duck',
  'Common sandpiper',
  'Greylag goose',
  'Emperor dragonfly',
  'Cormorant',
  'Teal',
  'Black stork',
  'Bank vole',
]
const scenes = ['ford', 'weir', 'dusk', 'frog', 'heron', 'newt', 'kingfisher', 'mushroom']
const states = ['Resting', 'Feeding', 'Nesting', 'Passing']
const places = /** @type {const} */ (['weir', 'bend', 'pond', 'ford'])

/** @param {string} name */
const at = (name) => {
  const [latitude, longitude] = sites[/** @type {keyof typeof sites} */ (name)]
  return { place_lat: latitude ?? 0, place_lon: longitude ?? 0, place_acc: 8 }
}
/** Oldest first. `photo` names a scene. @type {readonly { fields: Thing, photo: string | undefined, daysAgo: number }[]} */
export const observations = [
  ...others.map((what, index) => ({
    fields: {
      what,
      note: '',
      count: 1 + ((index * 7) % 5),
      status: states[index % 4] ?? '',
      ...at(places[index % 4] ?? 'weir'),
    },
    photo: index % 3 === 2 ? undefined : scenes[index % scenes.length],
    daysAgo: 40 - index,
  })),
  ...seen.toReversed().map(([what, note, photo, count, status, site], index) => ({
    fields: { what, note, count, status, ...at(site) },
    photo,
    daysAgo: Math.max(0, 5 - index),
  })),
]

/** item, quantity, where, state, days since it was checked @type {readonly (readonly [string, number, string, string, number])[]} */
const stock = [
  ['Festoon lights, 25 m', 14, 'Container A', 'Ready', 0],
  ['Cable drum 50 m', 6, 'Blue tent', 'In use', 0],
  ['Paper lanterns, box of 40', 9, 'Container A', 'Ready', 0],
  ['Fire extinguisher', 8, 'Every stage', 'Check', 1],
  ['Hand radios', 11, 'Crew kitchen', 'In use', 1],
  ['Ratchet straps', 36, 'Container B', 'Ready', 1],
  ['Water canister 20 l', 18, 'Crew kitchen', 'Ready', 3],
  ['First-aid kit', 5, 'Every stage', 'Check', 3],
  ['Gas burner, double', 3, 'Crew kitchen', 'Broken', 4],
  ['Rain ponchos', 60, 'Container B', 'Ready', 5],
  ['Extension lead 10 m', 22, 'Container A', 'Ready', 2],
  ['Power strip, 6 way', 17, 'Container A', 'Ready', 2],
  ['Head torches', 24, 'Crew kitchen', 'In use', 1],
  ['Gaffer tape, black', 31, 'Container B', 'Ready', 6],
  ['Cable ties, 300 mm', 800, 'Container B', 'Ready', 6],
  ['Sledge hammer', 4, 'Blue tent', 'In use', 2],
  ['Tent pegs, 60 cm', 120, 'Blue tent', 'In use', 2],
  ['Folding table', 26, 'Crew kitchen', 'In use', 4],
  ['Bench', 40, 'Container B', 'Ready', 4],
  ['Chalkboard', 3, 'Crew kitchen', 'Ready', 8],
  ['Megaphone', 2, 'Every stage', 'Check', 9],
  ['Ladder, 3 m', 3, 'Container A', 'Ready', 3],
  ['Ladder, 6 m', 1, 'Container A', 'In use', 3],
  ['Wheelbarrow', 2, 'Container B', 'Broken', 11],
  ['Spade', 7, 'Container B', 'Ready', 11],
  ['Rake', 5, 'Container B', 'Ready', 11],
  ['Hi-vis vests', 45, 'Crew kitchen', 'In use', 1],
  ['Work gloves, pair', 38, 'Container B', 'Ready', 7],
  ['Ear plugs, box', 12, 'Every stage', 'Ready', 1],
  ['Stage lamp, LED', 16, 'Container A', 'Check', 5],
  ['Mixing desk', 1, 'Blue tent', 'In use', 0],
  ['Microphone', 8, 'Blue tent', 'Ready', 0],
  ['XLR cable 10 m', 28, 'Blue tent', 'Ready', 0],
  ['Speaker, active', 6, 'Every stage', 'In use', 0],
  ['Generator 2 kW', 2, 'Container A', 'Check', 2],
  ['Fuel can 20 l', 5, 'Container A', 'Ready', 2],
  ['Tarpaulin 4 × 6 m', 9, 'Container B', 'Ready', 12],
  ['Rope, 50 m', 10, 'Container B', 'Ready', 12],
  ['Cooking pot 30 l', 4, 'Crew kitchen', 'In use', 0],
  ['Tea urn', 2, 'Crew kitchen', 'Ready', 0],
  ['Compost bucket', 8, 'Crew kitchen', 'In use', 0],
  ['Wayfinding sign', 34, 'Container A', 'Ready', 13],
]
const shots = new Map([
  ['Festoon lights, 25 m', 'lanterns'],
  ['Cable drum 50 m', 'drum'],
  ['Paper lanterns, box of 40', 'lanterns'],
  ['Tent pegs, 60 cm', 'tent'],
  ['XLR cable 10 m', 'drum'],
])
export const inventory = stock.map(([item, quantity, where, state, checked]) => ({
  fields: { item, quantity, where, state },
  photo: shots.get(item),
  daysAgo: checked,
}))

/** task, state, area, days until it is due, scene @type {readonly (readonly [string, string, string, number | undefined, string | undefined])[]} */
const work = [
  ['Put up the blue tent', 'Done', 'Build', -1, 'tent'],
  ['Fetch key for container B', 'Done', 'Build', -2, undefined],
  ['Fire officer walks the site', 'Waiting', 'Safety', 2, undefined],
  ['Veg delivery, crew kitchen', 'Waiting', 'Kitchen', 1, 'crate'],
  ['Hang paper lanterns along the path', 'Doing', 'Rigging', 0, 'lanterns'],
  ['Test hand radios, label batteries', 'Doing', 'Safety', 1, undefined],
  ['Lay cable to the lower stage', 'To do', 'Power', 2, undefined],
  ['Borrow second ladder from Alder Lane', 'To do', 'Rigging', undefined, undefined],
  ['Print wayfinding signs', 'To do', 'Signs', 3, undefined],
]
export const tasks = work.map(([task, state, area, dueIn, photo]) => ({ fields: { task, state, area }, dueIn, photo }))

/** item, how much, got @type {readonly (readonly [string, string, boolean])[]} */
const list = [
  ['Oats', '2 kg', false],
  ['Apples', 'a crate', false],
  ['Coffee', '4 packs', false],
  ['Red lentils', '3 kg', false],
  ['Onions', '5 kg', false],
  ['Lemons', '12', false],
  ['Dish soap', '', false],
  ['Matches', '3 boxes', true],
  ['Oat milk', '8', true],
  ['Bread', '6 loaves', true],
]
export const shopping = list.map(([item, amount, got]) => ({ fields: { item, amount, got, where: '' } }))

/** thing, state, who @type {readonly (readonly [string, string, string])[]} */
const shelf = [
  ['Tent, four people', 'Lent', 'Oona'],
  ['Cable drum', 'On the shelf', ''],
  ['Apple press', 'Lent', 'Alder Lane'],
  ['String of lanterns', 'On the shelf', ''],
]
const shelfShots = ['tent', 'drum', 'crate', 'lanterns']
export const lending = shelf.map(([thing, state, who], index) => ({
  fields: { thing, state, who },
  photo: shelfShots[index],
}))
