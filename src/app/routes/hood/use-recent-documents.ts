import type { DocumentView } from '../../../sdk/index.ts'
import { useNode } from '../../../sdk/react/index.ts'
import { useAnswer } from '../../data/use-answer.ts'

const shown = 50

/** Documents of all kinds but pieces of files, the latest change first. Some of each family, then the newest of those. */
export const useRecentDocuments = (): readonly DocumentView[] | undefined => {
  const node = useNode()
  return useAnswer(async () => {
    const { schemas } = await node.schemas().once()
    const families = new Map(schemas.map((schema) => [schema.definition ?? schema.id, schema]))
    const lists = await Promise.all(
      [...families.values()]
        .filter(({ id }) => id !== 'blob_piece_v1')
        .map(
          async (schema) => await node.query(schema, { orderBy: ['-CHANGED_AT'], first: shown, count: false }).once(),
        ),
    )
    return lists
      .flatMap(({ documents }) => documents)
      .toSorted((a, b) => b.changedAt - a.changedAt)
      .slice(0, shown)
  }, [node]).value
}
