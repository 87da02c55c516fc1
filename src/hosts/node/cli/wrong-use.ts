/** What the person at the command line has to do differently. Its message is one sentence; the exit code is 2. */
export class WrongUse extends Error {
  override readonly name = 'WrongUse'
}
