import { anId } from '../../operation/an-operation.ts'
import { rulesOf } from './rules.ts'

rulesOf('takibi_view_v1', { collection: anId(1), name: 'By place', kind: 'table', config: '{"sort":[]}' }, [
  ['a collection that is no document', { collection: '' }],
])
