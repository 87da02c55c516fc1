/** Where a browser's certificate lies: a database of its own, as the certificate cannot be sent to a worker. */
const table = 'certificates'
const row = 'own'

const dayMs = 24 * 60 * 60 * 1000
/** Browsers cap the life of a certificate here. */
const lifeMs = 365 * dayMs
/** Renewed when no more than this is left, so that a connection begun with it does not outlive it. */
const renewBeforeMs = 30 * dayMs

const settled = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result))
    request.addEventListener('error', () => reject(request.error ?? new DOMException('the request failed')))
  })

async function openCertificates(database: string): Promise<IDBDatabase> {
  const opening = indexedDB.open(`takibi/${database}/rtc`, 1)
  opening.addEventListener('upgradeneeded', () => opening.result.createObjectStore(table))
  const opened = await settled(opening)
  opened.addEventListener('versionchange', () => opened.close())
  return opened
}

const makeCertificate = (): Promise<RTCCertificate> => {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', expires: lifeMs }
  return RTCPeerConnection.generateCertificate(algorithm)
}

async function keptOrMade(database: string, now: number): Promise<RTCCertificate> {
  const opened = await openCertificates(database)
  try {
    const kept = (await settled(opened.transaction(table).objectStore(table).get(row))) as RTCCertificate | undefined
    if (kept && kept.expires > now + renewBeforeMs) return kept
    const made = await makeCertificate()
    await settled(opened.transaction(table, 'readwrite').objectStore(table).put(made, row))
    return made
  } finally {
    opened.close()
  }
}

/**
 * The certificate by which this browser is known to those it met: made once, kept in IndexedDB, renewed every year. It can be linked to
 * this browser, so it is shown to people one meets and never published. Where it cannot be kept, one for this page is made.
 *
 * @param now milliseconds since the Unix epoch
 */
export const ownCertificate = (database: string, now: number): Promise<RTCCertificate> =>
  navigator.locks.request(`takibi/${database}/certificate`, () => keptOrMade(database, now).catch(makeCertificate))
