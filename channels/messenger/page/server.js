// Talking to the messenger: deeds by POST, changes by server-sent events.

export async function get(path) {
  return answered(await fetch(path));
}

export async function post(path, deed) {
  const body = deed instanceof FormData ? deed : JSON.stringify(deed);
  const headers = deed instanceof FormData ? {} : { "Content-Type": "application/json" };
  return answered(await fetch(path, { method: "POST", body, headers }));
}

async function answered(response) {
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error || response.statusText);
  return answer;
}

// The browser reconnects by itself and names the last event it saw; a server that no longer knows it says "reset".
export function listen(after, changed, connected) {
  const source = new EventSource(`/ui/events?after=${after}`);
  source.addEventListener("change", (event) => changed(JSON.parse(event.data)));
  source.addEventListener("open", () => connected(true));
  source.addEventListener("error", () => connected(false));
}
