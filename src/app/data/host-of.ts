/** Where an address leads, without what is the same in all of them. */
export const hostOf = (address: string): string => address.replace(/^(?:ws|http)s?:\/\//, '').replace(/\/.*$/, '')
