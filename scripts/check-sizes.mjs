/** Weighs what was built against the budgets, and fails when one is exceeded. */
import { weighBuild } from './weigh-build.mjs'

const rows = weighBuild(process.argv[2] ?? 'dist/app')
console.log('\nJavaScript, gzip, KB')
for (const { part, size, limit } of rows) {
  const allowed = limit === Infinity ? '' : `of ${limit}`
  console.log(`${size > limit ? '✗' : ' '} ${size.toFixed(1).padStart(7)} ${allowed.padEnd(7)} ${part}`)
}
const tooHeavy = rows.filter(({ size, limit }) => size > limit)
if (tooHeavy.length > 0) {
  console.error(
    `\n${tooHeavy.length} over budget (docs/architecture.md): ${tooHeavy.map(({ part }) => part).join(', ')}`,
  )
  process.exit(1)
}
