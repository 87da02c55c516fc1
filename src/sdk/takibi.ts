#!/usr/bin/env node
/** The command `takibi`: the command line of hosts/node/cli with the sentences of this library. */
import { run } from '../hosts/node/cli/run.ts'
import { explainFailure } from './errors.ts'

// Whoever reads us may have read enough (`takibi inspect FILE | head`).
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0)
  throw error
})

process.exitCode = await run(process.argv.slice(2), {
  out: (line) => void process.stdout.write(`${line}\n`),
  err: (line) => void process.stderr.write(`${line}\n`),
  explain: explainFailure,
})
