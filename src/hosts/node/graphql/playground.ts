import { createHash } from 'node:crypto'

const script = `
const [query, answer, ask] = ['query', 'answer', 'ask'].map((id) => document.getElementById(id))
ask.addEventListener('click', async () => {
  answer.textContent = '…'
  try {
    const response = await fetch('', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: query.value }),
    })
    answer.textContent = JSON.stringify(await response.json(), null, 2)
  } catch (error) {
    answer.textContent = String(error)
  }
})
`
const style = `
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color-scheme: light dark }
textarea { width: 100%; box-sizing: border-box; font: 0.9rem/1.4 ui-monospace, monospace }
pre { overflow: auto }
`
const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

/** A page to ask a node by hand. All of it is in the page: nothing is loaded from anywhere. */
export const playgroundPage = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Takibi node: GraphQL</title>
<style>${style}</style>
<h1>p2panda client API</h1>
<p><label for="query">Query</label></p>
<textarea id="query" rows="14" spellcheck="false">{
  all_schema_definition_v1 {
    totalCount
    documents {
      meta { documentId viewId owner }
      fields { name description }
    }
  }
}</textarea>
<p><button id="ask">Ask</button></p>
<pre id="answer" aria-live="polite"></pre>
<script>${script}</script>
</html>
`

export const playgroundPolicy = `default-src 'none'; script-src ${hash(script)}; style-src ${hash(style)}; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'`
