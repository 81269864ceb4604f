package org.zosgrid.client;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import org.zosgrid.client.rest.ApiClient;
import org.zosgrid.contract.key.Signer;

/**
 * Makes the {@link ApiClient} that generated calls are given.
 *
 * <pre>{@code
 * ApiClient asAlice = ControlPlaneClient.signing(URI.create("https://zos.example.org"), alice);
 * DeploymentPage page = new DeploymentsApi(asAlice).listDeployments(null, null, "shop", 50, null, null);
 * }</pre>
 */
public final class ControlPlaneClient {
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(60);

    private ControlPlaneClient() {}

    /** Every request is signed by this key: it may do what the trust root allows its owner. */
    public static ApiClient signing(URI server, Signer caller) {
        return to(server).setRequestInterceptor(new SignedRequests(caller));
    }

    /** Every request bears this token: it may read, and set up what signatures do not protect. */
    public static ApiClient bearing(URI server, String token) {
        return to(server).setRequestInterceptor(request -> request.setHeader("Authorization", "Bearer " + token));
    }

    private static ApiClient to(URI server) {
        ApiClient client = new ApiClient();
        client.updateBaseUri(server.toString().replaceAll("/+$", ""));
        // the generated client asks for compression and HTTP/2, of which this interface has neither
        client.setHttpClientBuilder(HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1));
        client.setConnectTimeout(CONNECT_LIMIT);
        client.setReadTimeout(ANSWER_LIMIT);
        return client;
    }
}
