import type { SchemaId } from '../../ids.ts'
import type { SystemSchemaId } from './index.ts'

/** The id of a built-in schema. The type knows which there are; who only names one does not load them all. */
export const systemSchemaId = (id: SystemSchemaId): SchemaId => id as string as SchemaId
