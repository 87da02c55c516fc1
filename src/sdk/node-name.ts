/** The database of a node of this name. What belongs to a database has names of its own below it, so a name with a slash must not end up there. */
export const databaseNamed = (name: string): string => name.replaceAll(/[%/]/g, encodeURIComponent)
