// The interface in JSON, see docs/curating.md. Every page is a hand of its own: it takes back only what it did itself.
export const hand = crypto.randomUUID();

export class Refused extends Error {
  constructor(status, said) {
    super(said.error || `the server answered ${status}`);
    this.status = status;
    this.said = said;
  }
}

async function answered(request) {
  let response;
  try {
    response = await request;
  } catch {
    throw new Refused(0, { error: "chronicle does not answer; nothing was written. Start it again with the same command, what you type stays here." });
  }
  const said = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refused(response.status, said);
  return said;
}

export function ask(name, given = {}) {
  const told = Object.entries({ ...given, hand }).filter(([, value]) => value !== "" && value !== null && value !== undefined);
  return answered(fetch(`api/${name}?${new URLSearchParams(told)}`));
}

export function send(name, given = {}) {
  return answered(
    fetch(`api/${name}`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ ...given, hand }) }),
  );
}
