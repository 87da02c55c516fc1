/** The released version this app was built from; package.json has the same (tests/app/version.test.ts). */
export const version = '0.1.0'
