import { maxKeyPackageBytes } from '../../limits.ts'
import type { SystemSchemaText } from './define.ts'
import { atLeast, atMostBytes } from './define.ts'

/** What others need to bring a device into a sealed group: an MLS key package. */
export const keyPackage = {
  description: 'A key package of a device',
  fields: { kp: 'bytes', not_after: 'int' },
  rules: { kp: atMostBytes(maxKeyPackageBytes), not_after: atLeast(0n) },
} as const satisfies SystemSchemaText
