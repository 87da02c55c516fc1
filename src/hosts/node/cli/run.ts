import { randomBytes } from 'node:crypto'
import { parseArgs, type ParseArgsConfig } from 'node:util'
import { bytesToHex } from '../../../core/bytes/hex.ts'
import { publicKeyOf } from '../../../core/entry/sign.ts'
import { parseDocumentId } from '../../../core/parse-ids.ts'
import type { Result } from '../../../core/result.ts'
import { parseSchemaId } from '../../../core/schema/schema-id.ts'
import type { Failure } from '../../../engine/failure.ts'
import type { ExitCode, Terminal } from './command.ts'
import { exportFile, importFile, type Chosen } from './data-dir.ts'
import { readText, writePieces } from './files.ts'
import type { Place } from '../place.ts'
import { inspect } from './inspect.ts'
import { toJson } from './json.ts'
import { makeBundle } from './make.ts'
import { verify } from './verify.ts'
import { nodeOptions, runNode } from './node.ts'
import { harmless } from './words.ts'
import { WrongUse } from './wrong-use.ts'

const usage = `takibi: p2panda files and data directories

  takibi verify FILE… [--json]     check bundles as an empty device would take them in; writes nothing
  takibi inspect FILE [--hex]      every entry and operation in words
  takibi import FILE --data DIR    take a bundle into a data directory
  takibi export --data DIR [--schema ID | --document ID] OUT
                                   both take --database URL (PostgreSQL) instead of --data DIR
  takibi make SCRIPT OUT           signed fixtures from a script
  takibi keygen                    a new key pair, for fixtures and nodes only
  takibi node [--port 2020] [--host 0.0.0.0] [--data DIR] [--proxy] [--log debug|info|warn]
              [--address wss://node.example/sync] [--follow SCHEMA_ID]… [--groups] [--token TEXT]
                                   a node: keeps and passes on what p2panda clients publish; with --database URL,
                                   or DATABASE_URL in the environment, in a PostgreSQL that several may share

Every command takes --json. Exit code 0: fine, 1: bad data was found, 2: used wrongly.`

type Options = NonNullable<ParseArgsConfig['options']>

/** The words and options of one command. Throws `WrongUse` where there are too many, too few, or unknown ones. */
function read<const O extends Options>(args: readonly string[], options: O, least: number, most: number) {
  const known = { ...options, json: { type: 'boolean' } } as const
  let parsed
  try {
    parsed = parseArgs({ args: [...args], options: known, allowPositionals: true })
  } catch (thrown) {
    throw new WrongUse(`${thrown instanceof Error ? thrown.message : String(thrown)} Try takibi --help.`)
  }
  const { values, positionals } = parsed
  if (positionals.length < least) throw new WrongUse('A file name is missing. Try takibi --help.')
  if (positionals.length > most) throw new WrongUse(`Nobody knows what "${positionals[most]}" is for.`)
  return { values, words: positionals, isJson: values['json' as never] === true }
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

const place = { data: { type: 'string' }, database: { type: 'string' } } as const

/** A folder, or a PostgreSQL by its URL. `undefined` where neither was said. */
function givenPlace(values: object): Place | undefined {
  const given = values as { readonly data?: unknown; readonly database?: unknown }
  const [dataDir, databaseUrl] = [text(given.data), text(given.database)]
  if (dataDir !== undefined && databaseUrl !== undefined) throw new WrongUse('Choose --data or --database, not both.')
  if (dataDir === '') throw new WrongUse('Say which data directory: --data DIR.')
  if (databaseUrl !== undefined && !/^postgres(?:ql)?:\/\//.test(databaseUrl))
    throw new WrongUse('Say which database: --database postgres://user:password@host/name.')
  if (databaseUrl !== undefined) return { databaseUrl }
  return dataDir === undefined ? undefined : { dataDir }
}

function placeOf(values: object): Place {
  const given = givenPlace(values)
  if (!given) throw new WrongUse('Say which data directory: --data DIR.')
  return given
}

/** A node has a place of its own where none is said, so that one word is enough to try it. */
const defaultNodeDir = 'takibi-node'
const nodePlaceOf = (values: object): Place =>
  givenPlace(values) ?? givenPlace({ database: process.env['DATABASE_URL'] }) ?? { dataDir: defaultNodeDir }

function chosenOf(values: object, { explain }: Terminal): Chosen {
  const given = values as { readonly schema?: unknown; readonly document?: unknown }
  const schema = text(given.schema)
  const document = text(given.document)
  if (schema !== undefined && document !== undefined) throw new WrongUse('Choose --schema or --document, not both.')
  const must = <T>(result: Result<T, Failure>): T => {
    if (result.ok) return result.value
    throw new WrongUse(explain(result.error))
  }
  if (schema !== undefined) return { schema: must(parseSchemaId(schema)) }
  return document === undefined ? {} : { document: must(parseDocumentId(document)) }
}

async function make(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { words, isJson } = read(args, {}, 2, 2)
  const [script = '', file = ''] = words
  const pieces = makeBundle(await readText(script), terminal.explain)
  await writePieces(file, pieces)
  const entries = pieces.length - 1
  terminal.out(isJson ? toJson({ file, entries }) : `${file}\n  ${entries} entries`)
  return 0
}

function keygen(args: readonly string[], terminal: Terminal): ExitCode {
  const { isJson } = read(args, {}, 0, 0)
  const bytes = new Uint8Array(randomBytes(32))
  const pair = { seed: bytesToHex(bytes), publicKey: publicKeyOf(bytes) }
  terminal.out(isJson ? toJson(pair) : `seed        ${pair.seed}\npublic key  ${pair.publicKey}`)
  return 0
}

async function dispatch(command: string | undefined, args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  switch (command) {
    case 'verify': {
      const { words, isJson } = read(args, {}, 1, Infinity)
      return verify(words, isJson, terminal)
    }
    case 'inspect': {
      const { values, words, isJson } = read(args, { hex: { type: 'boolean' } }, 1, 1)
      return inspect(words[0] ?? '', { isHex: 'hex' in values, isJson }, terminal)
    }
    case 'import': {
      const { values, words, isJson } = read(args, place, 1, 1)
      return importFile(words[0] ?? '', placeOf(values), isJson, terminal)
    }
    case 'export': {
      const options = { ...place, schema: { type: 'string' }, document: { type: 'string' } } as const
      const { values, words, isJson } = read(args, options, 1, 1)
      return exportFile(placeOf(values), chosenOf(values, terminal), words[0] ?? '', isJson, terminal)
    }
    case 'make':
      return make(args, terminal)
    case 'keygen':
      return keygen(args, terminal)
    case 'node': {
      const { values } = read(args, { ...place, ...nodeOptions }, 0, 0)
      return runNode(nodePlaceOf(values), values, terminal)
    }
    case '--help':
    case 'help':
      terminal.out(usage)
      return 0
    case undefined:
      throw new WrongUse(usage)
    default:
      throw new WrongUse(`There is no command "${command}". Try takibi --help.`)
  }
}

const isFailure = (thrown: unknown): thrown is Failure =>
  typeof thrown === 'object' && thrown !== null && 'code' in thrown && !(thrown instanceof Error)

/** Runs one command. Whatever goes wrong is said in one sentence on `err`; a `Bug` is thrown. */
export async function run(argv: readonly string[], { out, err, explain }: Terminal): Promise<ExitCode> {
  const [command, ...args] = argv
  const terminal: Terminal = { out: (line) => out(harmless(line)), err: (line) => err(harmless(line)), explain }
  try {
    return await dispatch(command, args, terminal)
  } catch (thrown) {
    if (thrown instanceof WrongUse) terminal.err(thrown.message)
    else if (isFailure(thrown)) terminal.err(terminal.explain(thrown))
    else throw thrown
    return 2
  }
}
