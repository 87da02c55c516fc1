import { fill } from './fill.js'

/** Where `serveSample` puts the built library. */
const library = './sdk/index.js'
const { openNode } = /** @type {typeof import('../../src/sdk/index.ts')} */ (await import(library))

Object.assign(globalThis, { openNode, fill })
