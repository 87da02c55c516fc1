import { describe, expect, test } from 'vitest'
import { actOnce, join } from './actions.ts'
import { disagreements, groupsAmong, insidersOf, leaks, membersOf, witnessesOf } from './agreement.ts'
import { type Crew, aCrew, liveLinks } from './crew.ts'
import type { Phone } from './phone.ts'

const isTraced = process.env['TRACE'] !== undefined
const lastLines = 80
/** Virtual time that all have to come to agree. */
const limitMs = 5 * 60_000
const stepMs = 2_000

/** A crew from its seed to its end: what went wrong, and what happened until then. */
export async function runCrew(seed: number): Promise<Crew> {
  const crew = await aCrew(seed)
  try {
    for (let first = crew.chance.roll(5); first > 0; first--) await join(crew)
    for (let steps = 12 + crew.chance.roll(19); steps > 0 && crew.broken.length === 0; steps--) {
      await actOnce(crew)
      await crew.clock.run(crew.chance.pick([0, 100, 1_000, 1_000, 5_000]))
    }
    if (crew.broken.length === 0) await end(crew)
  } catch (thrown) {
    crew.broken.push(thrown instanceof Error ? (thrown.stack ?? String(thrown)) : JSON.stringify(thrown))
  }
  return crew
}

/** From here on nothing goes wrong any more, and thieves are nowhere. */
async function end(crew: Crew): Promise<void> {
  crew.log('from here on all who are honest are connected')
  for (const { line } of liveLinks(crew)) line.cut()
  await crew.clock.run(stepMs)
  await converge(crew)
  crew.broken.push(...(await leaks(crew)))
  if (crew.broken.length > 0) return
  const secrets = await writeLate(crew)
  await converge(crew)
  crew.broken.push(...secrets())
}

async function converge(crew: Crew): Promise<void> {
  const honest = crew.phones.filter(({ isThiefs }) => !isThiefs)
  const deadline = crew.clock.now() + limitMs
  let faults: readonly string[] = []
  do {
    const live = liveLinks(crew)
    for (const [at, from] of honest.entries())
      for (const to of honest.slice(at + 1))
        if (!live.some(({ phones }) => phones.includes(from) && phones.includes(to))) crew.connect(from, to)
    await crew.clock.run(stepMs)
    if (crew.broken.length > 0) return
    faults = await disagreements(crew)
  } while (faults.length > 0 && crew.clock.now() < deadline)
  if (faults.length > 0) crew.broken.push('they did not come to agree', ...faults)
}

/** All agree who is in which group by now: what members write from here on nobody else is told. Gives what to look for afterwards. */
async function writeLate(crew: Crew): Promise<() => readonly string[]> {
  const witnesses = await witnessesOf(crew)
  const late: { readonly id: string; readonly others: readonly Phone[]; readonly group: string }[] = []
  for (const group of groupsAmong(witnesses)) {
    const inside = membersOf(witnesses, group).map(({ phone }) => phone)
    if (insidersOf(witnesses, group).length === inside.length) continue
    for (const phone of inside) {
      const created = phone.node.create(crew.thing(), { group, title: 'late' })
      const id = await crew.ask(phone, `creates a late thing in ${crew.nameOf(group)}`, created)
      const others = crew.phones.filter((one) => !inside.includes(one))
      if (id) late.push({ id, others, group: crew.nameOf(group) })
    }
  }
  return () =>
    late.flatMap(({ id, others, group }) =>
      others
        .filter(({ machine }) => [...machine.database.documents.keys()].some((one) => one === id))
        .map(({ name }) => `${name} is out of ${group} and has ${id}, which was written later`),
    )
}

/** Empty where all went well; else what did not, what happened before, and how to see it again. */
const report = ({ seed, broken, trace }: Crew): string =>
  broken.length === 0
    ? ''
    : [
        ...broken.slice(0, 30),
        '',
        ...(isTraced ? trace : ['…', ...trace.slice(-lastLines)]),
        '',
        `Again: SEED=${seed} SEEDS=1 npx vitest run tests/sim/crews.test.ts`,
      ].join('\n')

/** One seed decides who there is, what they do, and whom they lose. */
export function simulateCrews(seeds: readonly number[]): void {
  describe('a crew, whatever its people do', () => {
    const tally = { joins: 0, removals: 0, refusals: 0, thefts: 0 }
    test.each(seeds)('[MC9] seed %i: all who are honest come to agree, and nobody is told too much', async (seed) => {
      const crew = await runCrew(seed)
      if (isTraced) process.stdout.write(`${crew.trace.join('\n')}\n`)
      for (const kind of ['joins', 'removals', 'refusals', 'thefts'] as const) tally[kind] += crew.tally[kind]
      expect(report(crew)).toBe('')
    })
    test.runIf(seeds.length > 5)('[MC10] people were let in, sent away, refused and robbed in these crews', () => {
      expect(Object.values(tally).filter((count) => count === 0)).toEqual([])
    })
  })
}
