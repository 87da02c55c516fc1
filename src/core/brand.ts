declare const brand: unique symbol

/**
 * A nominal tag: only the constructor in the type's own module can make one.
 * The tag is a record, not a string, so that brands stack: an `OperationId` is still a `Hash`.
 */
export type Brand<T, Name extends string> = T & { readonly [brand]: { readonly [N in Name]: true } }
