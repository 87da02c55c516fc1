import { rulesOf } from './rules.ts'

rulesOf('blob_piece_v1', { data: new Uint8Array(256_000) }, [['a byte more', { data: new Uint8Array(256_001) }]])
