/** Bundles are judged as the app and nodes judge them: documents without owner are everybody's there (rule R20). */
export const asTheApp = { legacyOpenDocuments: true } as const
