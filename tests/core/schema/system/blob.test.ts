import { anId } from '../../operation/an-operation.ts'
import { rulesOf } from './rules.ts'

rulesOf('blob_v1', { length: 12, mime_type: 'image/svg+xml', pieces: [anId(2), anId(1), anId(2)] }, [
  ['no pieces', { pieces: [] }],
  ['a mime type without subtype', { mime_type: 'image' }],
  ['a mime type with parameters', { mime_type: 'text/plain; charset=utf-8' }],
  ['a mime type in upper case', { mime_type: 'Image/PNG' }],
  ['a mime type that takes long to refuse', { mime_type: `a/${'aaaaaaaaaaaaaaaaaa.'.repeat(50_000)}!` }],
])
