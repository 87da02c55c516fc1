import { compareOperations } from './compare-operations.ts'

compareOperations(2000)
