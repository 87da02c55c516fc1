import { availableParallelism } from 'node:os'
import { configDefaults, defineConfig } from 'vitest/config'

const slow = ['tests/**/*.slow.test.ts']
/** What needs a PostgreSQL, which is started for it. */
const postgres = ['tests/**/*.pg.test.ts']
/** What touches the world outside: files, LevelDB, a stand-in for the browser's database. Each of these files gets a process of its own. */
const outside = [
  'tests/{adapters,hosts,sdk}/**/*.test.ts',
  'tests/interop/graphql*.test.ts',
  // One suite over all stores.
  'tests/engine/query-walk.test.ts',
]
const exclude = [...configDefaults.exclude, 'tests/e2e/**']

/** Everything below the browser. The slow ones run in `npm test`, not in `npm run check`. */
export default defineConfig({
  test: {
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Left to vitest it would keep one core free, of two.
    maxWorkers: availableParallelism(),
    // Left to Node it would load the other build of graphql than our own code does here, and one does not know the other's types.
    server: { deps: { inline: ['graphql-http'] } },
    projects: [
      {
        extends: true,
        // Pure rooms keep nothing from one file to the next, so that modules are loaded once a thread and not once a file.
        test: {
          name: 'inside',
          include: ['tests/**/*.test.ts'],
          exclude: [...exclude, ...outside, ...slow, ...postgres],
          pool: 'threads',
          isolate: false,
        },
      },
      { extends: true, test: { name: 'outside', include: outside, exclude: [...exclude, ...slow, ...postgres] } },
      { extends: true, test: { name: 'postgres', include: postgres, exclude, globalSetup: 'tests/postgres/start.ts' } },
      { extends: true, test: { name: 'slow', include: slow, exclude, pool: 'threads', isolate: false } },
    ],
  },
})
