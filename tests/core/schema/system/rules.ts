import { expect, test } from 'vitest'
import { type FieldInput, valuesToFields } from '../../../../src/core/operation/values.ts'
import type { SystemSchemaId } from '../../../../src/core/schema/system/index.ts'
import { systemSchema } from '../../../../src/core/schema/system/index.ts'

type Values = Readonly<Record<string, FieldInput>>

/** The tests of one system schema: values it takes, and single fields that it refuses in CREATE and UPDATE alike. */
export function rulesOf(
  id: SystemSchemaId,
  good: Values,
  refused: readonly (readonly [about: string, values: Values])[],
): void {
  const schema = systemSchema(id)
  if (schema === undefined) throw new Error(`${id} is not built in`)

  test(`[OP8] ${id} takes what it is for`, () => {
    expect(valuesToFields(good, schema, { partial: false })).toMatchObject({ ok: true })
    expect(valuesToFields({}, schema, { partial: true })).toMatchObject({ ok: true })
  })

  test.each(refused)(`[OP8] ${id} refuses %s`, (_, values) => {
    const error = { code: 'operation/field-invalid', field: Object.keys(values)[0] }
    expect(valuesToFields({ ...good, ...values }, schema, { partial: false })).toMatchObject({ ok: false, error })
    expect(valuesToFields(values, schema, { partial: true })).toMatchObject({ ok: false, error })
  })
}
