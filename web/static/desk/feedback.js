// 有用, 没解决, 有错: sent without leaving the page; what was typed stays until it has been stored.

import { article, csrf, say } from "./page.js";

async function send(feedback, verdict) {
  const values = new FormData(feedback);
  values.delete("csrf");
  const body = { ...Object.fromEntries(values), verdict, set: values.getAll("set") };
  const buttons = feedback.querySelectorAll("button[name=verdict]");
  for (const button of buttons) button.disabled = true;
  try {
    const answer = await fetch(feedback.dataset.api, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRF-Token": csrf },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`the server answers ${answer.status}`);
    feedback.reset();
    say(`已记下：${verdict}，谢谢`);
  } catch {
    say("没有记下，请稍后再点一次");
  } finally {
    for (const button of buttons) button.disabled = false;
  }
}

export function giveFeedback(verdict) {
  const feedback = article()?.querySelector("form.feedback");
  if (feedback) send(feedback, verdict);
}

export function startFeedback() {
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form.feedback")) return;
    event.preventDefault();
    send(event.target, event.submitter.value);
  });
}
