import { anId } from '../../operation/an-operation.ts'
import { rulesOf } from './rules.ts'

rulesOf('schema_field_definition_v1', { name: 'a', type: `relation(venue_${anId(1)})` }, [
  ['a name that begins with _', { name: '_a' }],
  ['a name of 65 characters', { name: 'a'.repeat(65) }],
  ['a type nobody knows', { type: 'date' }],
  ['a relation of a kind nobody knows', { type: 'foo(blob_v1)' }],
])
