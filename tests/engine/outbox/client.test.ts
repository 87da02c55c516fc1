import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { judge, meaningOf } from '../../../src/engine/outbox/client.ts'
import { toGraphQLError } from '../../../src/hosts/node/graphql/failure-words.ts'
import type { Failure } from '../../../src/engine/failure.ts'
import { explainFailure } from '../../../src/sdk/errors.ts'

const id = `0020${'ab'.repeat(32)}`

test('[O4] whatever is answered is judged without a throw, and acknowledges nothing that it does not name', () => {
  const status = fc.constantFrom(200, 204, 301, 400, 404, 413, 429, 500, 503)
  const text = fc.oneof(
    fc.string(),
    fc.json(),
    fc.json().map((data) => `{"data":{"p0":${data}},"errors":${data}}`),
  )
  fc.assert(
    fc.property(status, text, (code, said) => {
      const judged = judge({ status: code, text: said }, 3)
      const fields = judged.is === 'answer' ? judged.fields : []
      expect([0, 3]).toContain(fields.length)
      expect(fields.filter((field) => field.is === 'answered' && field.next.backlink === id)).toEqual([])
    }),
  )
})

test('[O5] a node says as much as fits, and not more', () => {
  const text = JSON.stringify({ data: null, errors: [{ message: 'x'.repeat(10_000), path: ['p0'] }] })
  const judged = judge({ status: 200, text }, 1)
  expect(judged.is === 'answer' && judged.fields[0]?.is === 'refused' && judged.fields[0].said.length).toBe(300)
})

const operation = id as Extract<Failure, { readonly code: 'operation/previous-missing' }>['previous']

test.each<[Failure, ReturnType<typeof meaningOf>]>([
  [{ code: 'entry/seq-num-unexpected', expected: 2n, found: 1n }, 'taken'],
  [{ code: 'operation/previous-missing', previous: operation }, 'waits'],
  [{ code: 'document/deleted', documentId: id as never }, 'deleted'],
  [{ code: 'schema/unknown', schemaId: `item_${id}` as never }, 'schema-unknown'],
  [{ code: 'payload/hash-mismatch', expected: id as never, found: id as never }, 'refused'],
])('[O5] [O6] [O7] what a Takibi node says of %o means %s', (failure, meaning) => {
  expect(meaningOf(toGraphQLError(failure, explainFailure).message)).toBe(meaning)
})

test.each([
  ["Entry's claimed seq num of 8 does not match expected seq num of 7 for given public key and log", 'taken'],
  [`Previous operation ${id} not found in store`, 'waits'],
  ['Expected skiplink entry not found in store: public key 2f8e, log id 0, seq num 4', 'waits'],
  ['Schema not found', 'schema-unknown'],
  ['Document is deleted', 'deleted'],
  ["Entry's claimed log id of 3 does not match existing log id of 2 for given public key and document id", 'refused'],
  ['Something about a backlink', 'refused'],
])('[O5] [O6] [O7] what p2panda-rs says, “%s”, means %s', (said, meaning) => {
  expect(meaningOf(said)).toBe(meaning)
})
