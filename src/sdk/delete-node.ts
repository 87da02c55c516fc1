import { deleteDatabase } from '../hosts/page/delete-database.ts'
import { databaseNamed } from './node-name.ts'
import { toError } from './unwrap.ts'

/**
 * Deletes the node of this name from this browser, with everything that it holds and its keys: final. Its tabs lose it (`store/closed`). What others
 * have of it stays with them, and nobody is told.
 *
 * @throws P2pandaError `store/failed`
 */
export async function deleteNode(name: string): Promise<void> {
  try {
    await deleteDatabase(databaseNamed(name))
  } catch (thrown) {
    throw toError(thrown)
  }
}
