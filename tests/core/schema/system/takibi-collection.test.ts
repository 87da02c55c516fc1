import { anId } from '../../operation/an-operation.ts'
import { rulesOf } from './rules.ts'

const collection = { name: 'Mushrooms', one: 'mushroom', many: 'mushrooms', icon: '', definition: anId(1) }

rulesOf('takibi_collection_v1', collection, [['a definition that is no document', { definition: 'mushrooms' }]])
rulesOf('takibi_collection_v1', { ...collection, keep_days: 30, keep_until: 1_800_000_000 }, [])
