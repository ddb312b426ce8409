// What a CRM's page needs to speak with the panel in its frame.
{
  // A CRM writes the address of the knowledge base here.
  const PANEL = location.origin;
  const form = document.querySelector("#sample_query");
  const opened = document.querySelector("#sample_opened");
  const copied = document.querySelector("#sample_copied");
  const panel = () => document.querySelector("iframe").contentWindow;

  const ask = () => {
    const { q, ...call } = Object.fromEntries(new FormData(form));
    panel().postMessage({ type: "kb:query", q, call }, PANEL);
  };

  const receive = (message) => {
    if (message.type === "kb:ready") ask();
    if (message.type === "kb:opened") opened.value = `${message.title}（${message.procedure}）`;
    // The text is text: it goes into fields, never into HTML.
    if (message.type === "kb:copied") copied.value += `${message.text}\n`;
  };

  addEventListener("message", (event) => {
    if (event.origin === PANEL && event.source === panel()) receive(event.data);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask();
  });
}
