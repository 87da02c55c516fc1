import { defineConfig } from 'vitest/config'

/** Everything below the browser. Files named `*.slow.test.ts` run in `npm test`, not in `npm run check`. */
export default defineConfig({
  test: {
    include: ['tests/**/*.test.{ts,tsx}'],
    exclude: ['tests/e2e/**'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})
