"use strict";
// Turns <a class="izde-search" href="…/en/search?…" data-height="480" data-lang="kk"> into a frame.
// The link stays where the frame is refused, blocked or silent.
(() => {
  const frames = new Map();
  addEventListener("message", (event) => {
    const found = [...frames].find(([frame]) => frame.contentWindow === event.source);
    const height = event.data && event.data.izde === 1 && Number(event.data.height);
    if (!found || !(height > 0 && height < 50000)) return;
    const [frame, link] = found;
    frame.style.height = Math.max(height, Number(link.dataset.height) || 0) + "px";
    frame.style.visibility = "visible";
    link.style.display = "none";
  });
  const enhance = (link) => {
    const from = new URL(link.href, location.href);
    const path = from.pathname.match(/^\/([a-z]{2})\/search$/);
    if (!path) return;
    from.searchParams.set("ui", link.dataset.lang || path[1]);
    const frame = document.createElement("iframe");
    frame.src = from.origin + "/embed?" + from.searchParams;
    frame.title = link.textContent.trim();
    frame.setAttribute("sandbox", "allow-scripts allow-forms allow-popups allow-popups-to-escape-sandbox");
    frame.referrerPolicy = "no-referrer";
    frame.style.cssText = "border:0;width:100%;height:0;visibility:hidden";
    frames.set(frame, link);
    frame.onload = () => setTimeout(() => { if (frame.style.visibility === "hidden") { frames.delete(frame); frame.remove(); } }, 3000);
    link.after(frame);
  };
  const all = () => document.querySelectorAll("a.izde-search").forEach(enhance);
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", all); else all();
})();
