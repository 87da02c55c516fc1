import type { Page } from '@playwright/test'
import type { DocumentId, PublicKey, SchemaId } from '../../src/core/ids.ts'
import { inviteLinkText } from '../../src/core/invite/invite-link.ts'
import { nodeLinkText } from '../../src/core/meeting/node-link.ts'
import { shareLinkText } from '../../src/core/meeting/share-link.ts'
import { becomeAnother, openRemoval, openSwitcher, removeAnother } from './another-identity.ts'
import type { Places } from './sample.ts'
import { bringSecondDevice } from './second-device.ts'

/** A screen of the app in a certain state. */
export interface Screen {
  readonly name: string
  readonly place: (places: Places) => string
  /** A text that is there when the screen is. */
  readonly shows: string | RegExp
  /** What somebody does to bring it into this state. */
  readonly prepare?: (page: Page) => Promise<unknown>
}

const screen = (
  name: string,
  place: string | ((places: Places) => string),
  shows: string | RegExp,
  prepare?: Screen['prepare'],
): Screen => ({ name, place: typeof place === 'string' ? () => place : place, shows, ...(prepare ? { prepare } : {}) })

const of =
  (name: string, more = '') =>
  (places: Places) =>
    `${places.collection(name)}${more}`
const press = (name: string | RegExp) => (page: Page) => page.getByRole('button', { name }).first().click()

const showWords = async (page: Page): Promise<void> => {
  await press('Show the twelve words')(page)
  await page.getByRole('list', { name: 'The twelve words, in order' }).waitFor()
}

const linkWithoutWords = async (page: Page): Promise<void> => {
  await press('Link without words')(page)
  await page.getByRole('button', { name: 'Use the camera' }).waitFor()
}

const typeWords = async (page: Page, words: string): Promise<void> => {
  await page.getByRole('textbox', { name: 'Your twelve words' }).fill(words)
  await press('Check the words')(page)
}
/** Opens the other device of the person, which is brought where there is none yet. */
const openDevice = async (page: Page): Promise<void> => {
  await bringSecondDevice(page)
  await page.evaluate(() => (location.hash = '/you'))
  await page
    .getByRole('main')
    .getByRole('button', { name: /^Another device/ })
    .click()
  await page.getByText('This is final').waitFor()
}

/** A link to a collection that is not here, with a node that may have it; and that node's own. */
const someNode = {
  address: 'wss://shed.example/sync',
  transportKey: '5be6a4f1c0d37e2b98f4415d6c2a7790e3b18a6fd2c94e07a1f58b3c6d9e2f41' as PublicKey,
}
const shareLink = `#/join/${shareLinkText({ schemaId: `seed_swap_0020${'7c'.repeat(32)}` as SchemaId, name: 'Seed swap', hints: [someNode] })}`
/** An invite to a group that is not here. */
const inviteLink = `#/join/${inviteLinkText({
  secret: new Uint8Array(16).fill(7),
  group: `0020${'a1'.repeat(32)}` as DocumentId,
  name: 'Alder Lane',
  inviter: 'Oona',
  colour: 'honey',
  members: 9,
  expiresAt: Date.parse('2096-06-26T19:40:00+02:00') / 1_000,
  hints: [],
})}`
const nodeLink = `#/node/${nodeLinkText({ ...someNode, token: '' })}`
/** Shares what is not shared yet. */
export const share = async (page: Page): Promise<void> => {
  await page
    .getByRole('button', { name: /^Share / })
    .or(page.getByRole('button', { name: 'Stop sharing' }))
    .first()
    .waitFor()
  const button = page.getByRole('main').getByRole('button', { name: /^Share / })
  if ((await button.count()) > 0) await button.click()
  await page.getByRole('button', { name: 'Stop sharing' }).waitFor()
}

/** Opens a group, made where there is none yet. */
const openGroup = async (page: Page): Promise<void> => {
  const group = page
    .getByRole('main')
    .getByRole('link', { name: /^River Watch/ })
    .first()
  const make = page.getByRole('main').getByRole('link', { name: 'New group' })
  await group.or(make).first().waitFor()
  if ((await group.count()) > 0) await group.click()
  else {
    await make.click()
    await page.getByLabel('Name', { exact: true }).fill('River Watch')
    // The sample has lists of these names.
    await page.getByRole('switch', { name: 'With lists to begin with' }).uncheck()
    await press('Make “River Watch”')(page)
  }
  await page.getByRole('link', { name: 'Group care' }).waitFor()
}
const openCare = async (page: Page): Promise<void> => {
  await openGroup(page)
  await page.getByRole('link', { name: 'Group care' }).click()
  await page.getByText('You began “River Watch”.').waitFor()
}

/** Opens what lets a node keep it. */
const openAdmitting = async (page: Page): Promise<void> => {
  await openGroup(page)
  await press('Let a node keep it')(page)
  await page.getByLabel('Link of a node').waitFor()
}

/** Opens the campfire of that group. */
const openFire = async (page: Page): Promise<void> => {
  await openGroup(page)
  await page.getByRole('main').getByRole('link', { name: 'Campfire' }).click()
  await page.getByLabel('Say something by the fire').and(page.getByRole('textbox')).waitFor()
}
/** Says what is not said yet. */
const sayAtFire = async (page: Page, text: string): Promise<void> => {
  const said = page.getByRole('log').getByText(text)
  if ((await said.count()) > 0) return
  await page.getByRole('textbox', { name: 'Say something by the fire' }).fill(text)
  await page.keyboard.press('Enter')
  await said.waitFor()
}
/** A talk with a thing, an answer, a sign and a draft in it. */
const talkAtFire = async (page: Page): Promise<void> => {
  await openFire(page)
  await sayAtFire(page, 'Walked the lower bank this morning. Two herons at the weir.')
  const log = page.getByRole('log')
  if ((await log.getByRole('link').count()) === 0) {
    await press('Show a thing')(page)
    await page.getByRole('dialog').getByRole('button', { name: 'Observations' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Grey heron' }).first().click()
    await sayAtFire(page, 'This is one of them')
    const choose = async (item: string): Promise<void> => {
      await press('What to do with “This is one of them”')(page)
      await page.getByRole('menuitem', { name: item }).click()
    }
    await choose('Heart')
    await log.getByRole('button', { name: 'Heart, 1: You' }).waitFor()
    await choose('Answer')
    await sayAtFire(page, 'I go again on Sunday, with the good glasses.')
  }
  await page.getByRole('textbox', { name: 'Say something by the fire' }).fill('Who comes along?')
}

const openInviting = async (page: Page): Promise<void> => {
  await openGroup(page)
  await press('Invite somebody')(page)
  await page.getByRole('button', { name: 'Make the invite' }).waitFor()
}
/** Shows an invite to it, made where there is none yet. */
const openInvite = async (page: Page): Promise<void> => {
  await openInviting(page)
  const made = page.getByRole('button', { name: /^As member/, includeHidden: true })
  if ((await made.count()) === 0) await press('Make the invite')(page)
  else {
    await page.keyboard.press('Escape')
    await made.click()
  }
  await page.getByRole('button', { name: 'Copy link' }).waitFor()
}
/** Asks for a place, unless it is asked for. */
const askToJoin = async (page: Page): Promise<void> => {
  const ask = page.getByRole('button', { name: 'Ask to join' })
  const asked = page.getByText('Nobody has your request yet.')
  await ask.or(asked).waitFor()
  if (await ask.isVisible()) await ask.click()
  await asked.waitFor()
}

/** Every screen of the filled app. */
export const screens: readonly Screen[] = [
  screen('home', '#/', 'Changed lately'),
  screen('collections', '#/g/me/c', 'Lending shelf'),
  screen('new-collection', '#/g/me/c/new', 'Start from'),
  screen('cards', of('Observations'), /^×\d/),
  screen('table', of('Inventory'), 'Festoon lights, 25 m'),
  screen('board', of('Build tasks'), /Lay cable|Put up the blue tent|Hang paper lanterns/),
  screen('checklist', of('Shopping'), 'Oats'),
  screen('shelf', of('Lending shelf'), 'Apple press'),
  screen('search', of('Observations'), /^×\d/, async (page) => {
    await page.getByRole('button', { name: 'Search' }).click()
    await page.getByRole('searchbox').fill('heron')
    await page.getByText('2 found').waitFor()
  }),
  screen('sort', of('Inventory'), 'Festoon lights, 25 m', press('Sort')),
  screen('add-view', of('Inventory'), 'Festoon lights, 25 m', press('Add a view')),
  screen('collection-menu', of('Inventory'), 'Festoon lights, 25 m', (page) =>
    page.getByRole('main').getByRole('button', { name: 'More' }).click(),
  ),
  // A list stays searched while the app lives, so nothing after these looks for its other things.
  screen('search-nothing', of('Inventory'), 'Festoon lights, 25 m', async (page) => {
    await page.getByRole('button', { name: 'Search' }).click()
    await page.getByRole('searchbox').fill('accordion')
    await page.getByText('Nothing for “accordion”').waitFor()
  }),
  screen('form', of('Observations', '/add'), 'Save and next'),
  screen('form-missing', of('Build tasks', '/add'), 'Save and next', press('Save')),
  screen('thing', ({ heron }) => heron, 'Pair, carrying sticks'),
  screen('thing-then', ({ earlier }) => earlier, 'Grey heron'),
  screen('fields', of('Observations', '/fields'), 'Add a field'),
  screen('field', of('Observations', '/fields'), 'Add a field', press('Add a field')),
  screen('changes', '#/g/me/changes', 'Times tell'),
  screen('removed', '#/g/me/removed', 'Removed'),
  screen('words', '#/you/words', /^Twelve words that stand/),
  screen('words-shown', '#/you/words', /^Twelve words that stand/, showWords),
  screen('words-wrong', '#/you/words', /^Twelve words that stand/, async (page) => {
    await showWords(page)
    await press('I wrote them down')(page)
    await page.getByLabel('Word 3').fill('rabbt')
    await press('Check')(page)
    await page.getByText('Did you mean “rabbit”?').waitFor()
  }),
  // Whoever was shown words is somebody.
  screen('you', '#/you', 'Six words that are you', (page) => page.getByText('This device', { exact: true }).waitFor()),
  screen('link-words-first', '#/link', 'Link a device', (page) =>
    page.getByRole('heading', { name: 'First, your recovery words' }).waitFor(),
  ),
  screen('link', '#/link', 'Link a device', linkWithoutWords),
  screen('link-code', '#/link', 'Link a device', async (page) => {
    await linkWithoutWords(page)
    await press('Without the camera')(page)
    await page.getByRole('heading', { name: 'Your code' }).waitFor()
  }),
  screen('recover', '#/you/recover', 'Your twelve words', async (page) => {
    await page.getByRole('textbox', { name: 'Your twelve words' }).fill('legal winner thank year wav')
    await page.getByRole('button', { name: 'wave', exact: true }).waitFor()
  }),
  screen('recover-slip', '#/you/recover', 'Your twelve words', async (page) => {
    await typeWords(page, 'legal winnr thank year wave sausage worth useful legal winner thank yellow')
    await page.getByRole('button', { name: 'Take “winner”' }).waitFor()
  }),
  screen('recover-absent', '#/you/recover', 'Your twelve words', async (page) => {
    await typeWords(page, 'legal winner thank year wave sausage worth useful legal winner thank yellow')
    await page.getByRole('button', { name: 'Import a copy' }).waitFor()
  }),
  // From here on the person has two devices, and the words are renewed.
  screen('device-lost', '#/you', 'Six words that are you', openDevice),
  screen('device-stolen', '#/you', 'Six words that are you', async (page) => {
    await openDevice(page)
    await page.getByRole('radio', { name: 'Stolen' }).check({ force: true })
    await page.getByRole('dialog').getByText('came from it since').or(page.getByText('that came since')).waitFor()
    await press('Take it out')(page)
  }),
  screen('recover-found', '#/you/recover', 'Your twelve words', async (page) => {
    const words = await bringSecondDevice(page)
    await page.evaluate(() => (location.hash = '/you/recover'))
    await typeWords(page, words)
    await page.getByText('Which of these do you no longer have?').waitFor()
  }),
  screen('groups', '#/groups', 'People who keep things together.'),
  screen('group-new', '#/groups/new', 'Field research'),
  screen('group-people', '#/groups', 'New group', openGroup),
  screen('group-lists', '#/groups', 'New group', async (page) => {
    await openGroup(page)
    await page.getByRole('link', { name: 'Lists', exact: true }).click()
    await page.getByText('No lists yet.').waitFor()
  }),
  screen('group-list-new', '#/groups', 'New group', async (page) => {
    await openGroup(page)
    await page.getByRole('link', { name: 'Lists', exact: true }).click()
    await page.getByRole('main').getByRole('link', { name: 'New list' }).click()
    await page.getByText(/^Everybody in the group gets it/).waitFor()
  }),
  screen('group-person', '#/groups', 'New group', async (page) => {
    await openGroup(page)
    await press(/you.*Keeper/)(page)
    await page.getByText('You are the last keeper.').waitFor()
  }),
  screen('group-node-new', '#/groups', 'New group', openAdmitting),
  screen('group-node-look', '#/groups', 'New group', async (page) => {
    await openAdmitting(page)
    await page.getByLabel('Link of a node').fill(nodeLink)
    await press('Look at it')(page)
    await page.getByLabel('Token').waitFor()
  }),
  screen('group-care', '#/groups', 'New group', openCare),
  screen('hood-group', '#/groups', 'New group', async (page) => {
    await openCare(page)
    await page.getByRole('link', { name: 'See the signed operations' }).click()
    await page.getByRole('region', { name: 'Control operations' }).waitFor()
  }),
  screen('fire-quiet', '#/groups', 'New group', openFire),
  screen('fire', '#/groups', 'New group', talkAtFire),
  screen('invite-new', '#/groups', 'New group', openInviting),
  screen('invite', '#/groups', 'New group', openInvite),
  screen('invite-people', '#/groups', 'New group', async (page) => {
    await openGroup(page)
    await page.getByRole('button', { name: /0 of 1 came in/ }).waitFor()
  }),
  screen('invited', inviteLink, 'Alder Lane'),
  screen('invited-asked', inviteLink, 'Alder Lane', askToJoin),
  screen('invited-groups', inviteLink, 'Alder Lane', async (page) => {
    await askToJoin(page)
    await page.evaluate(() => location.assign('#/groups'))
    await page.getByText('Asked for').waitFor()
  }),
  screen('settings-look', '#/settings/look', 'Single keys'),
  screen('settings-language', '#/settings/language', 'Deutsch'),
  screen('settings-connections', '#/settings/connections', 'Connect only when I say'),
  screen('settings-storage', '#/settings/storage', 'Check everything'),
  screen('settings-files', '#/settings/files', 'Save file'),
  screen('settings-about', '#/settings/about', 'MIT'),
  screen('hood-log', ({ operation }) => operation, /To prove/),
  screen('hood-graph', ({ graph }) => graph, /Operations/i),
  screen('hood-documents', '#/hood/documents', /Grey heron|observation/i),
  screen('hood-sync', '#/hood/sync', 'No connections'),
  screen('hood-storage', '#/hood/storage', /entries/i),
  screen('sync-private', '#/g/me/sync', 'Nothing shared'),
  screen('share', of('Shopping', '/share'), 'From private to shared'),
  screen('join', shareLink, 'That is what the link calls it.'),
  screen('join-broken', '#/join/2cut', 'Ask for it again, whole.'),
  screen('node', nodeLink, 'Key it has to prove'),
  screen('meet', '#/meet', 'Two devices, no server'),
  screen('meet-code', '#/meet', 'Two devices, no server', async (page) => {
    await press('Without the camera')(page)
    await page.getByText('Waiting for the other code.').waitFor()
  }),
  screen('outgoing', '#/g/me/outgoing', 'Publish to another p2panda node'),
  // Shares something, so these stand last.
  screen('shared', of('Inventory', '/share'), /From private to shared|Link to it/, share),
  screen('sync', '#/g/me/sync', 'Talking with', (page) => page.getByText('What is waiting').waitFor()),
  // As somebody else, who holds nothing; the last of them is oneself again.
  screen('identities', '#/you', 'Public key of this device', async (page) => {
    await becomeAnother('/you')(page)
    await page.getByText('Each has its own key').scrollIntoViewIfNeeded()
  }),
  screen('identity-switch', '#/you', 'Public key of this device', openSwitcher),
  screen('identity-compose', '#/you', 'Public key of this device', async (page) => {
    await becomeAnother('/groups/new')(page)
    await page.getByText('As Robin by the river').waitFor()
  }),
  screen('identity-remove', '#/you', 'Public key of this device', openRemoval),
  screen('identity-gone', '#/you', 'Public key of this device', removeAnother),
  screen('nothing-here', '#/nowhere', 'Go home'),
]

/** Screens of an app that holds nothing yet. */
export const firstScreens: readonly Screen[] = [
  screen('welcome', '#/welcome', 'Start a list'),
  screen('welcome-pick', '#/welcome', 'Start a list', press('Start a list')),
]

const arrive = async (page: Page, home: string, { place, shows, prepare }: Screen, places: Places): Promise<void> => {
  await page.goto(`${home}${place(places)}`)
  // Beside it a desk lists the collections, and stays while the next screen is loaded.
  await page.getByRole('main').getByText(shows).filter({ visible: true }).first().waitFor()
  await prepare?.(page)
  await isDrawn(page)
}

/** Opens the app on a screen and waits until all of it is drawn. */
export const show = async (page: Page, home: string, to: Screen, places: Places): Promise<void> => {
  await page.goto('about:blank')
  await arrive(page, home, to, places)
}

/**
 * Goes to a screen inside the app and waits until all of it is drawn. The way leads over a screen that shows nothing: that closes what was
 * open on the last one, and no text of it is taken for one of the next.
 */
export const visit = async (page: Page, home: string, to: Screen, places: Places): Promise<void> => {
  await page.goto(`${home}#/nowhere`)
  await page.getByText('Go home').waitFor()
  await arrive(page, home, to, places)
}

/** Resolves when fonts and pictures in sight are there, and nothing fades in any more. */
export const isDrawn = (page: Page): Promise<unknown> =>
  page.waitForFunction(async () => {
    await document.fonts.ready
    for (const animation of document.getAnimations())
      if (animation.effect?.getTiming().iterations !== Infinity) await animation.finished
    const isInSight = (element: Element): boolean => element.getBoundingClientRect().top < innerHeight
    const isWaiting = [...document.querySelectorAll('main [aria-busy=true]')].some(isInSight)
    const images = [...document.images].filter(isInSight)
    if (isWaiting || !images.every(({ complete }) => complete)) return false
    // They are decoded beside the page: one that is there may not be painted yet.
    await Promise.all(images.map((image) => image.decode().catch(() => undefined)))
    return true
  })
