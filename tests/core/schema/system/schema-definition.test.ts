import { anId } from '../../operation/an-operation.ts'
import { rulesOf } from './rules.ts'

const most = '🐼'.repeat(256)

rulesOf('schema_definition_v1', { name: 'venue', description: most, fields: [anId(1)] }, [
  ['a description of 257 characters', { description: `${most}🐼` }],
  ['a name of one character', { name: 'v' }],
  ['a name that ends in _', { name: 'venue_' }],
  ['a name of 65 characters', { name: 'v'.repeat(65) }],
  ['1,025 fields', { fields: Array.from({ length: 1025 }, () => anId(1)) }],
])
