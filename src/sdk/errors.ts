import type { Failure } from '../engine/failure.ts'

type Code = Failure['code']
type Of<C extends Code> = Extract<Failure, { readonly code: C }>

/** One sentence per code: what happened, and what to do. A missing code does not compile. */
const explain: { readonly [C in Code]: (failure: Of<C>) => string } = {
  'store/full': () => 'The disk is full. Nothing was lost; free some space and try again.',
  'store/closed': () => 'The database was closed. Open the node again.',
  'store/blocked': () =>
    'Another tab holds an older version of the database. Close the other tabs of this app, then try again.',
  'store/newer': (f) => `The database is of version ${f.found}, this app knows up to ${f.known}. Update the app.`,
  'store/unavailable': (f) =>
    `This browser gives no storage (${f.reason}). Leave private browsing or use another browser.`,
  'store/corrupt': (f) =>
    `A row of ${f.table} is damaged (${f.key}). The rest works; import a copy of that document to mend it.`,
  'store/failed': (f) =>
    `The database answered with an error (${f.reason}). Try again; if it stays, export what you have.`,
  'signer/gone': () =>
    'The signing key of this database is gone. You can read and export everything, but not change it here.',
  'signer/refused': (f) => `The signer refused: ${f.reason}. Please report it.`,
  'signer/unavailable': (f) => `The signer did not start (${f.reason}). Reload the page.`,
  'call/aborted': () => 'Stopped, as asked. What was stored before stays.',
}

/** What the library throws. `failure` says it to programs, `message` to people. */
export class P2pandaError extends Error {
  override readonly name = 'P2pandaError'
  readonly failure: Failure
  constructor(failure: Failure) {
    super(`${(explain[failure.code] as (failure: Failure) => string)(failure)} [${failure.code}]`)
    this.failure = failure
  }
}
