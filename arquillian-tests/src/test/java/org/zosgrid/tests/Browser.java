package org.zosgrid.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** As much of a browser as a login needs: cookies, redirects and forms, at one server. */
final class Browser implements AutoCloseable {
    private static final Pattern FORM = Pattern.compile("<form[^>]*\\baction=\"([^\"]*)\"", Pattern.DOTALL);
    private static final Pattern INPUT = Pattern.compile("<input[^>]*>", Pattern.DOTALL);
    private static final Pattern NAME = Pattern.compile("\\bname=\"([^\"]*)\"");
    private static final Pattern VALUE = Pattern.compile("\\bvalue=\"([^\"]*)\"");

    private final HttpClient http = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
    private final Map<String, String> cookies = new LinkedHashMap<>();
    private URI at = URI.create("about:blank");
    private String page = "";

    void open(String address) throws Exception {
        at = URI.create(address);
        follow(HttpRequest.newBuilder(at).GET());
    }

    String page() {
        return page;
    }

    /** Fills the page's first form: its hidden fields as they are, and those given. */
    void submit(Map<String, String> given) throws Exception {
        Matcher form = FORM.matcher(page);
        assertThat(form.find()).as("a form at " + at + ":\n" + page).isTrue();
        Map<String, String> fields = new LinkedHashMap<>();
        Matcher inputs = INPUT.matcher(page.substring(form.end()));
        while (inputs.find()) {
            Matcher name = NAME.matcher(inputs.group());
            Matcher value = VALUE.matcher(inputs.group());
            if (inputs.group().contains("type=\"hidden\"") && name.find()) {
                fields.put(name.group(1), value.find() ? unescaped(value.group(1)) : "");
            }
        }
        fields.putAll(given);
        at = at.resolve(unescaped(form.group(1)));
        String body = fields.entrySet().stream().map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8)).collect(Collectors.joining("&"));
        follow(HttpRequest.newBuilder(at).header("Content-Type", "application/x-www-form-urlencoded").POST(BodyPublishers.ofString(body)));
    }

    private void follow(HttpRequest.Builder request) throws Exception {
        HttpResponse<String> answer = send(request);
        for (int hop = 0; answer.statusCode() / 100 == 3; hop++) {
            assertThat(hop).as("redirects").isLessThan(20);
            at = at.resolve(answer.headers().firstValue("Location").orElseThrow());
            answer = send(HttpRequest.newBuilder(at).GET());
        }
        page = answer.body();
        assertThat(answer.statusCode()).as(at + "\n" + page).isLessThan(500);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        if (!cookies.isEmpty()) {
            request.header("Cookie", cookies.entrySet().stream().map(each -> each.getKey() + "=" + each.getValue()).collect(Collectors.joining("; ")));
        }
        HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
        for (String set : answer.headers().allValues("Set-Cookie")) {
            String[] pair = set.split(";", 2)[0].split("=", 2);
            if (pair[1].isEmpty() || set.contains("Max-Age=0")) {
                cookies.remove(pair[0]);
            } else {
                cookies.put(pair[0], pair[1]);
            }
        }
        return answer;
    }

    private static String unescaped(String html) {
        return html.replace("&amp;", "&").replace("&#x2F;", "/").replace("&quot;", "\"").replace("&#39;", "'");
    }

    @Override
    public void close() {
        http.close();
    }
}
