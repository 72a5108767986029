/** How a page signs its visitor in with an embed key (`POST /api/v1/session`, docs/PROTOCOL.md). */
export function embedSnippet(embedKey: string, bridge: string): string {
  return `<script type="module">
  const answer = await fetch('${bridge}/api/v1/session', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-Dialbridge': '1' },
    body: JSON.stringify({ embedKey: '${embedKey}' }),
  });
  const { accessToken, callServer } = await answer.json();
</script>`;
}
