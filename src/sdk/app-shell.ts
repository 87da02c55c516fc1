/** What only the app needs from its host: its own new versions. Not part of the package's surface. */
export { watchForUpdate } from '../hosts/page/update.ts'
