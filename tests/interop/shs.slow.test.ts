import { compareHandshakes } from './compare-handshakes.ts'

compareHandshakes(150)
