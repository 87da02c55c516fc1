/** Writes docs/measured.md, the table of the last results. `bench/run.mjs` calls it at its end. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** @import { Row } from './harness/subject.ts' */
/** @typedef {{ subject: string, date: string, commit: string, chromium: string, node: string, machine: { cpu?: string, cores: number, load?: number }, rows: readonly Row[] }} Result */

const here = import.meta.dirname
const head = `# Measured

The last run of each subject, by \`npm run bench\`, which writes this page. [bench/README.md](../bench/README.md) tells what the subjects are and how to read them.
`

/** @param {Row} row */
const amount = ({ value, unit }) => `${value.toFixed(value < 100 ? 1 : 0)} ${unit}`

/** @param {Row} row @param {readonly Row[]} rows of the same subject */
const line = (row, rows) => {
  const floorName = /× (.+)$/.exec(row.toReach ?? '')?.[1]
  const floor = rows.find(({ name, where }) => name === floorName && where === row.where)
  const spread = `${amount({ ...row, value: Math.min(...row.all) })} – ${amount({ ...row, value: Math.max(...row.all) })}`
  const cells = [
    row.subject,
    row.where,
    row.name,
    row.megabytesPerSecond ? `${amount(row)}, ${row.megabytesPerSecond.toFixed(1)} MB/s` : amount(row),
    spread,
    floor ? amount(floor) : '',
    row.ratio === undefined ? '' : row.ratio.toFixed(2),
    row.toReach ?? '',
    row.isReached === undefined ? '' : row.isReached ? 'yes' : '**no**',
  ]
  return `| ${cells.join(' | ')} |`
}

/** Puts the newest results of every subject into the page. */
export const writeTable = () => {
  /** @type {readonly Result[]} */
  const results = readdirSync(join(here, 'results'))
    .filter((file) => file.endsWith('.json'))
    .map((file) => JSON.parse(readFileSync(join(here, 'results', file), 'utf8')))
  const runs = results.map(
    ({ subject, date, commit, chromium, machine }) =>
      `- ${subject}: ${date.slice(0, 16).replace('T', ' ')} UTC, commit ${commit}, Chromium ${chromium}, ${machine.cores} cores${
        machine.load === undefined ? '' : `, load ${machine.load.toFixed(1)}`
      }`,
  )
  const table = [
    '| subject | in | what | median | runs | floor | ratio | to reach | met |',
    '|---|---|---|---|---|---|---|---|---|',
    ...results.flatMap(({ rows }) => rows.map((row) => line(row, rows))),
    '',
    ...runs,
  ]
  writeFileSync(join(here, '../docs/measured.md'), `${[head, ...table].join('\n')}\n`)
}
