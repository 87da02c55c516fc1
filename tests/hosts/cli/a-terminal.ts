import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { run } from '../../../src/hosts/node/cli/run.ts'
import { explainFailure } from '../../../src/sdk/errors.ts'

/** What a command said and how it ended. */
export interface Ran {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** Runs `takibi` with these words. */
export async function takibi(...words: readonly string[]): Promise<Ran> {
  const out: string[] = []
  const err: string[] = []
  const terminal = {
    out: (line: string) => void out.push(line),
    err: (line: string) => void err.push(line),
    explain: explainFailure,
  }
  return { code: await run(words, terminal), out: out.join('\n'), err: err.join('\n') }
}

/** A folder that is gone after the test. */
export async function aFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'takibi-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

const seed = (byte: string): string => byte.repeat(32)
const line = (step: object): string => JSON.stringify(step)

/** Two people, a schema of three fields, a document that both change, and one that is deleted: 9 entries. */
export const shoppingScript = [
  line({ key: 'ana', seed: seed('a1') }),
  line({ key: 'bo', seed: seed('b0') }),
  line({
    schema: 'item',
    description: 'What we need',
    fields: { title: 'str', amount: 'int', photo: 'bytes' },
    by: 'ana',
    as: 'item',
  }),
  line({ create: 'item', fields: { title: 'Oats', amount: 2, photo: 'ff00' }, by: 'ana', as: 'oats' }),
  line({ update: 'oats', fields: { amount: '9007199254740993' }, by: 'bo', as: 'more' }),
  line({ update: 'oats', fields: { title: 'Oat flakes' }, by: 'ana' }),
  line({ create: 'item', fields: { title: 'Salt', amount: 1, photo: '' }, by: 'bo', as: 'salt' }),
  line({ delete: 'salt', by: 'bo' }),
].join('\n')
