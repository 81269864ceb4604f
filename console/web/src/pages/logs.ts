import type { PageContext } from "./context";
import { h, show } from "./dom";
import { failure, leaving } from "./parts";
import { texts } from "./texts";

/** The end of what a machine wrote, fetched again and again from the node it runs on while it is looked at. */

const words = texts.deployments;
const PAUSE = 2000;
/** Characters that are kept in the page. */
const MOST = 262_144;

export function logs(host: HTMLElement, name: string, machine: string, context: PageContext): void {
  const text = h("pre", { class: "log", tabindex: 0, role: "log", "aria-label": words.logsOf(machine), "aria-live": "off" });
  const said = h("div", { role: "status" }, h("p", { class: "quiet" }, texts.loading));
  const closed = new AbortController();
  const close = leaving(host, words.closeLogs, () => closed.abort());
  show(host, h("section", {}, h("h2", {}, words.logsOf(machine)), close, said, text));
  close.focus();
  const over = () => closed.signal.aborted || context.gone.aborted || !text.isConnected;
  let last: string | undefined;
  const look = async (): Promise<void> => {
    if (over()) {
      return;
    }
    try {
      const now = (await context.api.text(`/api/deployments/${encodeURIComponent(name)}/logs/${encodeURIComponent(machine)}`)).slice(-MOST);
      if (over()) {
        return;
      }
      if (now !== last) {
        last = now;
        const following = text.scrollHeight - text.scrollTop - text.clientHeight < 8; // whoever scrolled back is left where they are
        text.textContent = now;
        if (following) {
          text.scrollTop = text.scrollHeight;
        }
        show(said, now === "" && h("p", { class: "quiet" }, words.noLogs));
      }
    } catch (failed) {
      if (!over()) {
        last = undefined;
        show(said, failure(failed));
      }
    }
    setTimeout(() => void look(), PAUSE);
  };
  void look();
}
