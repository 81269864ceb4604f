import { h, show } from "../pages/dom";
import { failure, field } from "../pages/parts";
import { texts } from "../pages/texts";
import { openSession, type Session } from "./session";

/** Where somebody comes in: with a key file, or with an agent that holds their key. */
export function door(opened: (session: Session) => void): HTMLElement {
  return h("div", {}, openKeyForm(opened), h("details", {}, h("summary", {}, texts.frame.agent), agentForm(opened)));
}

function agentForm(opened: (session: Session) => void): HTMLElement {
  const words = texts.frame;
  const code = h("input", { name: "code", autocomplete: "off", spellcheck: "false", required: true });
  const button = h("button", {}, words.connect);
  const result = h("div", { role: "status", "aria-live": "polite" });
  const connect = async () => {
    button.disabled = true;
    try {
      opened(await (await import("./agent")).openAgent(code.value));
    } catch (failed) {
      show(result, failure(failed));
    } finally {
      button.disabled = false;
    }
  };
  return h("form", { submit: (event) => {
    event.preventDefault();
    void connect();
  } }, h("p", {}, words.agentExplain), field(words.agentCode, code), button, result);
}

/** Where a key file is opened. It is read by this page, and sent nowhere. */
function openKeyForm(opened: (session: Session) => void): HTMLElement {
  const words = texts.frame;
  const file = h("input", { type: "file", name: "key", required: true, accept: ".pem" });
  const passphrase = h("input", { type: "password", name: "passphrase", autocomplete: "off" });
  const button = h("button", { class: "main" }, words.open);
  const result = h("div", { role: "status", "aria-live": "polite" });
  const open = async () => {
    button.disabled = true;
    show(result, h("p", { class: "quiet" }, words.opening));
    try {
      opened(await openSession((await file.files?.[0]?.text()) ?? "", passphrase.value));
    } catch (failed) {
      show(result, failure(failed));
    } finally {
      passphrase.value = "";
      button.disabled = false;
    }
  };
  return h("form", { submit: (event) => {
    event.preventDefault();
    void open();
  } }, h("p", {}, words.explain), field(words.file, file), field(words.passphrase, passphrase), button, result);
}
