import type { Failure } from '../../engine/failure.ts'

const deleted = (name: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(name)
    request.addEventListener('success', () => resolve())
    request.addEventListener('error', () =>
      reject({ code: 'store/failed', reason: String(request.error) } satisfies Failure as unknown as Error),
    )
  })

/**
 * Deletes everything that this browser keeps of a database: what lies in it, its certificate, and last its keys. Who has it open is told to let go, and
 * loses it. Waits until all have. Rejects with a plain failure, `store/failed`.
 */
export async function deleteDatabase(database: string): Promise<void> {
  for (const part of ['', '/rtc', '/keys']) await deleted(`takibi/${database}${part}`)
}
