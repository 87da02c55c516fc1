import type { DocumentId, SchemaId } from '../../../core/ids.ts'
import type { ExportReport, ExportScope } from '../../../engine/api.ts'
import { openEngine } from '../open-engine.ts'
import type { Place } from '../place.ts'
import { asTheApp } from './as-the-app.ts'
import type { ExitCode, Terminal } from './command.ts'
import { mustBeDataDir, mustBeFile, readPieces, writePieces } from './files.ts'
import { exitCodeOf, printFindings, toFindings } from './import-report.ts'
import { toJson } from './json.ts'
import { WrongUse } from './wrong-use.ts'

const never = new AbortController().signal

/** Takes a bundle into a data directory, which is made where there is none. */
export async function importFile(file: string, place: Place, isJson: boolean, terminal: Terminal): Promise<ExitCode> {
  await mustBeFile(file)
  const { api } = await openEngine(place, asTheApp)
  try {
    const report = await api.importBundle(readPieces(file), { signal: never })
    if (!report.ok) throw new WrongUse(`${file}: ${terminal.explain(report.error)}`)
    const findings = toFindings(report.value, terminal.explain)
    if (isJson) terminal.out(toJson(findings))
    else printFindings(terminal, file, findings, report.value.rejectedCount)
    return exitCodeOf(findings)
  } finally {
    await api.close()
  }
}

/** What an export is of, in the words of the command line; ids are parsed already. */
export type Chosen = { readonly schema?: SchemaId; readonly document?: DocumentId }

const scopeOf = ({ schema, document }: Chosen): ExportScope =>
  document ? { document } : schema ? { schema } : { all: true }

/** Writes everything, one collection or one document of a data directory to a bundle. */
export async function exportFile(
  place: Place,
  chosen: Chosen,
  file: string,
  isJson: boolean,
  terminal: Terminal,
): Promise<ExitCode> {
  if ('dataDir' in place) await mustBeDataDir(place.dataDir)
  const { api } = await openEngine(place, asTheApp)
  try {
    let report: ExportReport | undefined
    const bundle = await api.exportBundle(scopeOf(chosen), {
      signal: never,
      report: (told) => {
        report = told
      },
    })
    if (!bundle.ok) throw new WrongUse(terminal.explain(bundle.error))
    await writePieces(file, bundle.value)
    if (isJson) terminal.out(toJson({ file, ...report }))
    else if (report) printExport(terminal, file, report)
    return 0
  } finally {
    await api.close()
  }
}

function printExport({ out }: Terminal, file: string, { entries, documents, bytes, leadsOut }: ExportReport): void {
  out(file)
  out(`  ${documents} documents, ${entries} entries, ${bytes} bytes`)
  for (const { from, field, to } of leadsOut) out(`  leads out  ${from} by ${field} to ${to}`)
}
