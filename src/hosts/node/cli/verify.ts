import { installFastBlake3 } from '../../../adapters/web/fast-blake3.ts'
import { webCryptoVerifier } from '../../../adapters/web/webcrypto-verifier.ts'
import { memoryEngine } from '../../memory-engine.ts'
import { asTheApp } from './as-the-app.ts'
import type { ExitCode, Terminal } from './command.ts'
import { mustBeFile, readPieces } from './files.ts'
import { exitCodeOf, printFindings, toFindings, type Findings } from './import-report.ts'
import { toJson } from './json.ts'
import { listDocuments, type ListedDocument } from './list-documents.ts'
import { nameInWords } from './words.ts'
import { WrongUse } from './wrong-use.ts'

const never = new AbortController().signal

function printDocument({ out }: Terminal, document: ListedDocument): void {
  const { id, schemaId, viewId, owner, deleted, edited, operations, fields } = document
  const state = deleted ? 'deleted' : edited ? 'edited' : 'as created'
  out(`  document ${id}`)
  out(`    ${schemaId}, ${operations} ${operations === 1 ? 'operation' : 'operations'}, ${state}`)
  out(`    by ${owner}`)
  if (viewId !== String(id)) out(`    view ${viewId}`)
  for (const [name, value] of Object.entries(fields ?? {})) out(`      ${nameInWords(name)}: ${toJson(value)}`)
  if (!fields && !deleted) out('      not readable here: its schema is missing')
}

/** The findings of several files as one; with several, each line says which file it is about. */
const join = (found: readonly (Findings & { readonly file: string })[]): Findings => {
  const isOne = found.length === 1
  const all = <Row extends object>(rows: (findings: Findings) => readonly Row[]): Row[] =>
    found.flatMap((one) => rows(one).map((row) => (isOne ? row : { ...row, file: one.file })))
  const sum = (number: (findings: Findings) => number): number => found.reduce((total, one) => total + number(one), 0)
  return {
    entries: sum(({ entries }) => entries),
    stored: sum(({ stored }) => stored),
    duplicates: sum(({ duplicates }) => duplicates),
    pending: all(({ pending }) => pending),
    rejected: all(({ rejected }) => rejected),
    forks: all(({ forks }) => forks),
  }
}

/** Takes bundles in as an empty device would, in memory, and says what it thinks of every entry and which documents come of them. */
export async function verify(files: readonly string[], isJson: boolean, terminal: Terminal): Promise<ExitCode> {
  for (const file of files) await mustBeFile(file)
  await installFastBlake3().catch(() => undefined)
  const { api, store } = memoryEngine(0, { verifier: webCryptoVerifier() }, asTheApp)
  const found: (Findings & { readonly file: string; readonly refused: number })[] = []
  for (const file of files) {
    const report = await api.importBundle(readPieces(file), { signal: never })
    if (!report.ok) throw new WrongUse(`${file}: ${terminal.explain(report.error)}`)
    found.push({ file, refused: report.value.rejectedCount, ...toFindings(report.value, terminal.explain) })
  }
  // Whoever reads schemas waits until all views are up to date.
  await api.schemas()
  const documents = await listDocuments(store)
  await api.close()
  const findings = join(found)
  if (isJson) {
    terminal.out(toJson({ ...findings, documents }))
    return exitCodeOf(findings)
  }
  for (const one of found) printFindings(terminal, one.file, one, one.refused)
  for (const document of documents) printDocument(terminal, document)
  return exitCodeOf(findings)
}
