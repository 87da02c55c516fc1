#!/usr/bin/env node
/** The command `takibi`: the command line of hosts/node/cli with the sentences of this library. */
import { run } from '../hosts/node/cli/run.ts'
import { explainFailure } from './errors.ts'

process.exitCode = await run(process.argv.slice(2), {
  out: (line) => void process.stdout.write(`${line}\n`),
  err: (line) => void process.stderr.write(`${line}\n`),
  explain: explainFailure,
})
