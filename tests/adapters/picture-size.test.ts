import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { pictureSize } from '../../src/adapters/web/picture-size.ts'

const from = (...parts: readonly (string | readonly number[])[]): Uint8Array => {
  const bytes = parts.flatMap((part) =>
    typeof part === 'string' ? Array.from(part, (character) => character.charCodeAt(0)) : part,
  )
  return Uint8Array.from([...bytes, ...Array.from({ length: Math.max(0, 40 - bytes.length) }, () => 0)])
}

describe('pictureSize', () => {
  test.each([
    ['PNG', from([0x89], 'PNG\r\n', [0x1a, 0x0a, 0, 0, 0, 13], 'IHDR', [0, 0, 1, 2, 0, 0, 3, 4]), 258, 772],
    ['GIF', from('GIF89a', [2, 1, 4, 3]), 258, 772],
    ['JPEG', from([0xff, 0xd8, 0xff, 0xe0, 0, 4, 9, 9, 0xff, 0xc2, 0, 17, 8, 3, 4, 1, 2]), 258, 772],
    ['WebP with extras', from('RIFF....WEBPVP8X', [10, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0, 3, 3, 0]), 258, 772],
    ['lossless WebP', from('RIFF....WEBPVP8L', [0, 0, 0, 0, 0x2f, 0x01, 0xc1, 0xc0, 0]), 258, 772],
    ['plain WebP', from('RIFF....WEBPVP8 ', [0, 0, 0, 0, 0, 0, 0, 0x9d, 1, 0x2a, 2, 1, 4, 3]), 258, 772],
  ])('reads what a %s claims', (_, bytes, width, height) => {
    expect(pictureSize(bytes)).toEqual({ width, height })
  })

  test('never throws and always ends, whatever the bytes', () => {
    const starts = fc.constantFrom(
      '',
      '\u00ff\u00d8\u00ff',
      '\u0089PNG',
      'GIF8',
      'RIFF....WEBPVP8X',
      'RIFF....WEBPVP8L',
    )
    fc.assert(
      fc.property(starts, fc.uint8Array({ maxLength: 200 }), (start, bytes) => {
        const size = pictureSize(from(start, [...bytes]))
        expect(size === undefined || size.width >= 0).toBe(true)
      }),
    )
  })
})
