import { expect, test } from 'vitest'
import { memoryBroadcastHub } from '../../../src/adapters/memory/memory-broadcast.ts'
import { broadcastOn } from '../../../src/adapters/node/broadcast-topic.ts'

test('[C6] what is said on one topic is heard on that topic only, until somebody stops listening', async () => {
  const hub = memoryBroadcastHub()
  const [here, there] = [hub(), hub()]
  const heard: unknown[] = []
  broadcastOn(there, 'changes').subscribe((message) => heard.push(['changes', message]))
  const stop = broadcastOn(there, 'nodes').subscribe((message) => heard.push(['nodes', message]))
  broadcastOn(here, 'changes').post(1)
  broadcastOn(here, 'nodes').post(2)
  await Promise.resolve()
  stop()
  broadcastOn(here, 'nodes').post(3)
  await Promise.resolve()
  expect(heard).toEqual([
    ['changes', 1],
    ['nodes', 2],
  ])
})
