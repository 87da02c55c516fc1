import { describe, expect, test } from 'vitest'
import { actOnce } from './actions.ts'
import { calmDown, converge, shortfalls } from './converge.ts'
import { watchInvariants } from './invariants.ts'
import { type World, aWorld, begin } from './world.ts'

const isTraced = process.env['TRACE'] !== undefined
const lastLines = 60

/** A run from its seed to its end: what went wrong, and what happened until then. */
export async function runNetwork(seed: number): Promise<World> {
  const world = aWorld(seed)
  const check = watchInvariants(world)
  try {
    await begin(world)
    for (let steps = 20 + world.chance.roll(40); steps > 0 && world.broken.length === 0; steps--) {
      actOnce(world)
      await world.clock.run(world.chance.pick([0, 10, 100, 1_000, 1_000, 5_000, 60_000]))
      await check()
    }
    if (world.broken.length === 0) await end(world, check)
  } catch (thrown) {
    world.broken.push(thrown instanceof Error ? (thrown.stack ?? String(thrown)) : JSON.stringify(thrown))
  }
  return world
}

async function end(world: World, check: () => Promise<void>): Promise<void> {
  await calmDown(world)
  if (await converge(world, check)) return
  if (world.broken.length === 0) world.broken.push('they did not come to be the same', ...(await shortfalls(world)))
}

/** Empty where all went well; else what did not, what happened before, and how to see it again. */
const report = ({ seed, broken, trace }: World): string =>
  broken.length === 0
    ? ''
    : [
        ...broken.slice(0, 30),
        '',
        ...(isTraced ? trace : ['…', ...trace.slice(-lastLines)]),
        '',
        `Again: npm run sim -- --seed ${seed} --trace`,
      ].join('\n')

/** One seed decides who there is, what they do, and what goes wrong. */
export function simulateNetwork(seeds: readonly number[]): void {
  describe('a network of engines, whatever happens to it', () => {
    test.each(seeds)(
      '[RP20] seed %i: nothing is lost, nobody claims too much, and all come to be the same',
      async (seed) => {
        const world = await runNetwork(seed)
        if (isTraced) process.stdout.write(`${world.trace.join('\n')}\n`)
        expect(report(world)).toBe('')
      },
    )
  })
}
